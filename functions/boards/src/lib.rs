//! The boards area: boards, columns, workflows, and moving cards.

use millrace_endpoint::Declared;

pub mod add_column;
pub mod create;
pub mod delete;
pub mod events;
pub mod flow;
pub mod get;
pub mod get_workflow;
pub mod list;
pub mod move_task;
mod parts;
pub mod put_workflow;
pub mod remove_column;
pub mod update;
pub mod update_column;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<list::ListBoards>(),
    Declared::endpoint::<create::CreateBoard>(),
    Declared::endpoint::<get::GetBoard>(),
    Declared::endpoint::<update::UpdateBoard>(),
    Declared::endpoint::<delete::DeleteBoard>(),
    Declared::endpoint::<add_column::AddColumn>(),
    Declared::endpoint::<update_column::UpdateColumn>(),
    Declared::endpoint::<remove_column::RemoveColumn>(),
    Declared::endpoint::<move_task::MoveTask>(),
    Declared::endpoint::<get_workflow::GetWorkflow>(),
    Declared::endpoint::<put_workflow::PutWorkflow>(),
    Declared::endpoint::<events::BoardEvents>(),
    Declared::endpoint::<flow::BoardFlow>(),
];
