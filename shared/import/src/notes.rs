//! All that is wrong with a file and all that is left out of it, as a table for a spreadsheet.

use super::Problems;
use millrace_domain::{
    csv::{BYTE_ORDER_MARK, row},
    import::progress::UnreadColumn,
};

/// The table: a row a problem, in the order of the lines.
pub fn table(problems: &Problems, unread: &[UnreadColumn]) -> String {
    let mut table = format!("{BYTE_ORDER_MARK}{}", row(["Line", "Field", "Left out", "What"]));
    for UnreadColumn { name, values } in unread {
        let message = format!("nothing is taken of the column “{name}”, which has something in {values} rows");
        table.push_str(&row(["1", "column", "the column", &message]));
    }
    for problem in &problems.first {
        let left_out = if problem.left_out { "the line" } else { "the value" };
        table.push_str(&row([&problem.line.to_string(), &problem.field, left_out, &problem.message]));
    }
    let more = problems.count - problems.first.len() as u64;
    if more > 0 {
        table.push_str(&row(["", "", "", &format!("and {more} more")]));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_problems_can_be_opened_by_a_spreadsheet() {
        let mut problems = Problems::default();
        problems.field(3, "due_date", "“=1+1” is not a day");
        problems.line(4, "title", "must not be empty");
        let unread = [UnreadColumn { name: "Votes".to_owned(), values: 7 }];
        let expected = "\u{feff}Line,Field,Left out,What\r\n\
            1,column,the column,\"nothing is taken of the column “Votes”, which has something in 7 rows\"\r\n\
            3,due_date,the value,“=1+1” is not a day\r\n4,title,the line,must not be empty\r\n";
        assert_eq!(table(&problems, &unread), expected);
    }
}
