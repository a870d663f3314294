//! The shapes in which files come: what of each arrives, and what is told. All content is invented; headers, statuses and
//! forms are those that the exporting products write.

use super::{mapping::*, *};
use millrace_domain::{
    import::choices::{ChoiceKind, ChoiceSource, DateOrder, DecimalSign},
    sprint::SprintState,
    time::calendar::Zone,
};
use serde_json::{Value, json};

fn asked() -> Asked {
    Asked { today: jiff::civil::date(2026, 11, 30), ..Asked::default() }
}

fn jira(text: &str) -> Reading {
    read(ImportFormat::Jira, text.as_bytes(), &asked()).expect("an export of Jira")
}

fn trello(board: &Value, asked: &Asked) -> Reading {
    read(ImportFormat::Trello, board.to_string().as_bytes(), asked).expect("a board")
}

fn told(reading: &Reading, line: u64, field: &str, part: &str) -> bool {
    reading.problems.first.iter().any(|problem| {
        problem.line == line && problem.field == field && problem.message.to_lowercase().contains(&part.to_lowercase())
    })
}

/// The same issue as Jira writes it in each language: header, kind, status, category, priority, month, and half of the day.
const LANGUAGES: &[(&str, &str, [&str; 6])] = &[
    (
        "en",
        "Summary,Issue key,Issue id,Issue Type,Status,Status Category,Priority,Assignee,Reporter,Created,Due date,Labels,Description,Comment,Sprint,Custom field (Story Points),Parent key",
        ["Story", "In Progress", "In Progress", "Highest", "Mar", "PM"],
    ),
    (
        "de",
        "Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp,Status,Statuskategorie,Priorität,Zugewiesene Person,Autor,Erstellt,Fälligkeitsdatum,Stichwörter,Beschreibung,Kommentar,Sprint,Benutzerdefinierte Felder (Story Points),Übergeordneter Schlüssel",
        ["Story", "In Arbeit", "In Bearbeitung", "Höchste", "Mär", "PM"],
    ),
    (
        "fr",
        "Résumé,Clé de ticket,ID de ticket,Type de ticket,État,Catégorie d’état,Priorité,Responsable,Rapporteur,Création,Date d’échéance,Étiquettes,Description,Commentaire,Sprint,Champs personnalisés (Story Points),Clé parent",
        ["Story", "En cours", "En cours", "La plus élevée", "mars", "PM"],
    ),
    (
        "es",
        "Resumen,Clave de incidencia,ID de la incidencia,Tipo de Incidencia,Estado,Categoría de estado,Prioridad,Persona asignada,Informador,Creada,Fecha de vencimiento,Etiquetas,Descripción,Comentario,Sprint,Campo personalizado (Story Points),Clave principal",
        ["Historia", "En curso", "En curso", "Más alta", "mar", "p. m."],
    ),
    (
        "pt-BR",
        "Resumo,Chave da item,ID da item,Tipo de item,Status,Categoria de status,Prioridade,Responsável,Relator,Criado,Data limite,Etiquetas,Descrição,Comentário,Sprint,Campo personalizado (Story Points),Chave pai",
        ["História", "Em andamento", "Em andamento", "Altíssima", "mar", "PM"],
    ),
    (
        "it",
        "Riepilogo,Chiave segnalazione,ID segnalazione,Tipo segnalazione,Stato,Categoria di stato,Priorità,Assegnatario,Segnalante,Creato,Data di scadenza,Etichette,Descrizione,Commento,Sprint,Campo personalizzato (Story Points),Chiave principale",
        ["Storia", "In corso", "In corso", "Massima", "mar", "PM"],
    ),
    (
        "nl",
        "Samenvatting,Issuesleutel,Issue-ID,Issuetype,Status,Statuscategorie,Prioriteit,Toegewezen persoon,Melder,Gemaakt,Vervaldatum,Labels,Beschrijving,Opmerking,Sprint,Aangepast veld (Story Points),Bovenliggende sleutel",
        ["Verhaal", "Bezig", "Bezig", "Hoogste", "mrt.", "p.m."],
    ),
    (
        "pl",
        "Podsumowanie,Klucz zgłoszenia,Id. zgłoszenia,Typ zgłoszenia,Status,Kategoria statusu,Priorytet,Osoba przypisana,Osoba zgłaszająca,Utworzono,Termin,Etykiety,Opis,Komentarz,Sprint,Pole niestandardowe (Story Points),Klucz elementu nadrzędnego",
        ["Historyjka", "W toku", "W toku", "Najwyższy", "mar", "PM"],
    ),
    (
        "ja",
        "要約,課題キー,課題 ID,課題タイプ,ステータス,ステータス カテゴリー,優先度,担当者,報告者,作成日,期限,ラベル,説明,コメント,スプリント,カスタム フィールド (Story Points),親キー",
        ["ストーリー", "進行中", "進行中", "最高", "3月", "午後"],
    ),
    (
        "zh",
        "概要,问题关键字,问题ID,问题类型,状态,状态类别,优先级,经办人,报告人,创建日期,到期日,标签,描述,评论,冲刺,自定义字段（Story Points）,父级关键字",
        ["故事", "正在进行", "进行中", "最高", "三月", "下午"],
    ),
    (
        "ru",
        "Тема,Ключ задачи,Идентификатор задачи,Тип задачи,Статус,Категория статуса,Приоритет,Исполнитель,Автор,Создано,Срок исполнения,Метки,Описание,Комментарий,Спринт,Пользовательское поле (Story Points),Ключ родителя",
        ["История", "В работе", "В работе", "Самый высокий", "мар", "PM"],
    ),
];

#[test]
fn issues_arrive_alike_in_every_language_that_jira_ships() {
    for (language, header, [kind, status, category, priority, month, half]) in LANGUAGES {
        let row = |key: &str, id: u32, parent: &str| {
            format!(
                "Title {key},{key},{id},{kind},{status},{category},{priority},Ana,Luis,12/{month}/26 9:05 {half},\
                 15/{month}/26 12:00 AM,pay later,\"Two lines\nof text\",12/{month}/26 9:30 {half};Ana;One; two,Sprint 1,5,{parent}\n"
            )
        };
        let reading = jira(&format!("{header}\n{}{}", row("OLD-1", 1, ""), row("OLD-2", 2, "OLD-1")));
        let task = &reading.tasks[1];
        assert_eq!(
            (reading.tasks.len(), task.title.as_str(), task.old_key.as_deref()),
            (2, "Title OLD-2", Some("OLD-2")),
            "{language}"
        );
        assert_eq!(
            (task.status, task.priority, task.story_points),
            (Some(Status::InProgress), Some(Priority::Urgent), Some(5)),
            "{language}"
        );
        assert_eq!(task.created_at, "2026-03-12T21:05:00Z".parse().ok(), "{language}: {:?}", reading.problems.first);
        assert_eq!((task.due_date, task.labels.len()), ("2026-03-15".parse().ok(), 2), "{language}");
        assert_eq!(
            (task.assignees.as_slice(), task.reporter.as_deref()),
            (&["Ana".to_owned()][..], Some("Luis")),
            "{language}"
        );
        assert_eq!((task.parent.as_deref(), task.sprint.as_deref()), (Some("OLD-1"), Some("Sprint 1")), "{language}");
        assert_eq!(
            (task.comments[0].body.as_str(), task.comments[0].author.as_deref()),
            ("One; two", Some("Ana")),
            "{language}"
        );
        assert_eq!((reading.sprints.len(), reading.sprints[0].state), (1, SprintState::Planned), "{language}");
        let others: Vec<_> = reading.problems.first.iter().filter(|problem| problem.field != "sprint").collect();
        assert!(others.is_empty(), "{language}: {others:?}");
    }
}

#[test]
fn a_language_that_nobody_knows_is_mapped() {
    let text = "Zusammefassig,Schlüssu,Gmacht,Bemerkig\nEis,A-1,12/Jan/26 9:00 AM,12/Jan/26 9:30 AM;Ana;Guet\n";
    let reading = jira(text);
    assert_eq!((reading.tasks.len(), reading.left_out), (0, 1));
    assert!(told(&reading, 1, "title", "say which one"));
    let fields = [Field::Title, Field::Key, Field::CreatedAt, Field::Comments];
    let mapping = reading.columns.iter().zip(fields).map(|(column, field)| (column.name.clone(), Target::Field(field)));
    let mapped = Asked { mapping: Some(mapping.collect()), ..asked() };
    let reading = read(ImportFormat::Jira, text.as_bytes(), &mapped).expect("issues");
    let task = &reading.tasks[0];
    assert_eq!((task.title.as_str(), task.comments[0].body.as_str()), ("Eis", "Guet"));
    assert_eq!(task.created_at, "2026-01-12T09:00:00Z".parse().ok());
}

#[test]
fn the_same_table_arrives_from_every_encoding_and_separator() {
    let text = "Title,Status,Due\r\nOne; „zwei“ 🎉,Done,13.06.2026\r\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    let semicolons = "Title;Status;Due\n\"One; „zwei“ 🎉\";Done;13.06.2026\n".as_bytes().to_vec();
    let tabs = text.replace(',', "\t").into_bytes();
    for file in [text.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes), semicolons, tabs] {
        let reading = read(ImportFormat::Csv, &file, &asked()).expect("a table");
        let task = &reading.tasks[0];
        assert_eq!((task.title.as_str(), task.status), ("One; „zwei“ 🎉", Some(Status::Done)));
        assert_eq!((task.due_date, reading.problems.count), ("2026-06-13".parse().ok(), 0));
    }
}

#[test]
fn a_row_that_is_too_short_is_told_and_arrives() {
    let reading = jira("Summary,Issue key,Status,Priority\nShort,A-1\nLong,A-2,Done,Low,x\n");
    assert_eq!(reading.tasks.len(), 2);
    assert!(told(&reading, 2, "row", "has 2 cells, and the header has 4"));
    assert!(told(&reading, 3, "row", "has 5 cells"));
}

#[test]
fn a_table_without_rows_holds_no_tasks() {
    for (format, text) in [(ImportFormat::Csv, "Title,Due\n\n"), (ImportFormat::Jira, "Summary,Issue key,Status\n")] {
        let refused = read(format, text.as_bytes(), &asked()).expect_err("holds nothing").to_string();
        assert!(refused.contains("holds no tasks"), "{refused}");
    }
    let empty = trello(&json!({"lists": [], "cards": []}), &asked());
    assert!(told(&empty, 0, "file", "holds no tasks"));
}

#[test]
fn a_day_or_a_number_that_could_be_two_costs_itself_alone() {
    let text = "Title,Due,Points,Hours\nOne,05/06/24,\"1,000\",\"12,500\"\nTwo,2024-07-01,3,2\n";
    let reading = read(ImportFormat::Csv, text.as_bytes(), &asked()).expect("a table");
    let one = &reading.tasks[0];
    assert_eq!((one.due_date, one.story_points, one.estimated_hours), (None, None, None));
    assert_eq!((reading.tasks[1].story_points, reading.tasks[1].estimated_hours), (Some(3), Some(2.0)));
    assert!(told(&reading, 2, "due_date", "2024-06-05 or 2024-05-06"));
    assert!(told(&reading, 2, "story_points", "1000 or 1") && told(&reading, 2, "estimated_hours", "12500 or 12.5"));
    let open: Vec<_> = reading.choices(|_| None).into_iter().map(|choice| (choice.column, choice.source)).collect();
    assert_eq!(open.len(), 3);
    assert!(open.iter().all(|(_, source)| *source == ChoiceSource::Open));
    let choices =
        Choices { date_order: Some(DateOrder::DayFirst), decimal_sign: Some(DecimalSign::Comma), ..Choices::default() };
    let chosen = Asked { choices, ..asked() };
    let reading = read(ImportFormat::Csv, text.as_bytes(), &chosen).expect("a table");
    let one = &reading.tasks[0];
    assert_eq!((one.due_date, one.story_points, one.estimated_hours), ("2024-06-05".parse().ok(), Some(1), Some(12.5)));
    assert_eq!(reading.problems.count, 0);
}

#[test]
fn an_instant_is_a_day_in_the_workspaces_zone() {
    let zone = Zone::named("Asia/Tokyo").expect("a zone").time_zone().clone();
    let tokyo = Asked { zone, ..asked() };
    let table = read(ImportFormat::Csv, b"Title,Due\nOne,2026-11-20T23:30:00Z\n", &tokyo).expect("a table");
    let board = json!({"lists": [{"id": "l", "name": "To do"}], "cards": [
        {"id": "c", "idList": "l", "name": "One", "due": "2026-11-20T23:30:00.000Z"}]});
    let board = trello(&board, &tokyo);
    for reading in [table, board] {
        assert_eq!(reading.tasks[0].due_date, "2026-11-21".parse().ok());
        let zone = reading.choices(|_| None).pop().expect("a choice");
        assert_eq!((zone.choice, zone.value.as_deref()), (ChoiceKind::TimeZone, Some("Asia/Tokyo")));
        assert_eq!(zone.samples.len(), 1);
    }
}

fn card(id: &str, more: Value) -> Value {
    let mut card = json!({"id": id, "idList": "l1", "name": format!("Card {id}"), "pos": 1});
    card.as_object_mut().expect("a card").extend(more.as_object().cloned().expect("an object"));
    card
}

#[test]
fn one_odd_value_of_a_board_costs_that_value() {
    let lists = json!([{"id": "l1", "name": "To do", "pos": "top"}, {"id": "l2", "name": "To do", "pos": "bottom"}, {"id": "l3", "name": null, "pos": null}, 7]);
    let cards = json!([
        card("a", json!({"pos": "bottom", "desc": null, "badges": null, "labels": null, "due": 5, "start": "soon"})),
        card("b", json!({"pos": "top", "idMembers": null, "closed": null, "customFieldItems": {}, "checkItems": 3})),
        card("c", json!({"idList": "l2", "labels": [null, {"name": 7, "color": null}], "shortLink": null})),
        card("d", json!({"idList": "nowhere"})),
        card("e", json!({"name": null, "desc": "What it is about\nand more"})),
        "no card",
    ]);
    let board = json!({"lists": lists, "cards": cards, "labels": null, "members": {}, "checklists": null, "actions": [null, {"type": "commentCard"}], "customFields": 1});
    let reading = trello(&board, &asked());
    assert_eq!((reading.tasks.len(), reading.left_out), (5, 1));
    let columns: Vec<_> = reading.boards[0].columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(columns, ["To do", "To do (2)", "Unnamed list"]);
    assert_eq!(reading.tasks.iter().map(|task| task.place).collect::<Vec<_>>(), [2, 0, 3, 4, 1]);
    assert_eq!(reading.tasks[4].title.as_str(), "What it is about");
    for (line, field, part) in [
        (0, "lists", "becomes the column “To do (2)”"),
        (0, "members", "left out"),
        (0, "custom", "left out"),
        (1, "due_date", "not a day"),
        (1, "start_date", "not a day"),
        (4, "column", "not in the file"),
        (5, "title", "is empty"),
        (6, "card", "cannot be read"),
    ] {
        assert!(told(&reading, line, field, part), "{line} {field}: {:?}", reading.problems.first);
    }
}

#[test]
fn nothing_on_a_card_is_lost_without_a_word() {
    let long = "c".repeat(12_000);
    let cards = json!([card(
        "a",
        json!({
            "idMembers": ["m1", "gone", "unknown"], "dueComplete": true, "idLabels": ["x", "y", "nowhere"],
            "labels": [{"id": "x", "name": "Bug", "color": "red"}, {"id": "y", "name": "bug", "color": "blue"}],
            "badges": {"comments": 9}, "isTemplate": true, "cardRole": "mirror", "idMembersVoted": ["m1"],
            "attachments": [
                {"name": "plan.pdf", "url": "https://trello.com/1/plan.pdf", "isUpload": true},
                {"name": "A page", "url": "https://example.com/page", "isUpload": false},
                {"name": "script", "url": "javascript:alert(1)", "isUpload": false},
            ],
            "customFieldItems": [
                {"idCustomField": "f1", "value": {"number": "1.000"}}, {"idCustomField": "f2", "value": {"text": "big"}},
                {"idCustomField": "f3", "idValue": "gone"}, {"idCustomField": "f9", "value": {"text": "of old"}},
            ],
        })
    )]);
    let comment = |text: &str, card: &str, kind: &str| {
        json!({"type": kind, "date": "2026-05-01T10:00:00.000Z",
        "memberCreator": {"id": "gone", "fullName": "Former Member"}, "data": {"text": text, "card": {"id": card}}})
    };
    let board = json!({
        "lists": [{"id": "l1", "name": "To do", "pos": 1}], "cards": cards,
        "members": [{"id": "m1", "fullName": "Kim"}], "labels": [{"id": "x", "name": "Bug", "color": "red"}],
        "customFields": [
            {"id": "f1", "name": "Estimate", "type": "number"}, {"id": "f2", "name": "Estimate", "type": "text"},
            {"id": "f3", "name": "Size", "type": "list", "options": [{"id": "o", "value": {"text": "S"}}]},
        ],
        "checklists": [
            {"idCard": "a", "name": "", "checkItems": [{"name": "Do", "state": "complete", "pos": 1, "idMember": "m1", "due": "2026-05-02T10:00:00.000Z"}]},
            {"idCard": "gone", "name": "Lost", "checkItems": [{"name": "item", "state": "incomplete"}]},
            {"name": "Of nobody", "checkItems": []},
        ],
        "actions": [comment(&long, "a", "commentCard"), comment("copied", "a", "copyCommentCard"), comment("", "a", "commentCard"), comment("on one that is gone", "z", "commentCard")],
    });
    let reading = trello(&board, &asked());
    let task = &reading.tasks[0];
    assert_eq!(
        (task.comments.len(), task.assignees.as_slice()),
        (2, &["Kim".to_owned(), "Former Member".to_owned()][..])
    );
    assert!(task.comments[0].body.len() == 12_000 || task.comments[1].body.len() == 12_000);
    let description = task.description.as_str();
    assert!(
        description.contains("- [x] Do (Kim, 2026-05-02)")
            && description.contains("- [A page](<https://example.com/page>)")
    );
    assert!(description.contains("https://trello.com/1/plan.pdf") && !description.contains("javascript:"));
    assert_eq!(
        task.custom,
        [("Estimate".to_owned(), Value::from(1.0)), ("Estimate (2)".to_owned(), Value::from("big"))]
    );
    for (line, field, part) in [
        (0, "custom", "Estimate (2)"),
        (0, "labels", "“Bug” and “bug” become one label"),
        (0, "checklists", "“Lost” is on no card of the file, and is left out: “item”"),
        (0, "checklists", "“Of nobody”"),
        (0, "comments", "on one that is gone"),
        (0, "attachments", "1 attached files"),
        (1, "assignees", "unknown"),
        (1, "labels", "“nowhere”"),
        (1, "status", "marked done"),
        (1, "card", "template"),
        (1, "card", "mirror"),
        (1, "card", "1 votes"),
        (1, "custom.Size", "gone"),
        (1, "custom", "of old"),
        (1, "attachments", "javascript:alert(1)"),
        (1, "attachments", "plan.pdf"),
        (1, "comments", "say nothing"),
        (1, "comments", "has 9 comments, of which 3 are in the file"),
    ] {
        assert!(told(&reading, line, field, part), "{line} {field} {part}: {:?}", reading.problems.first);
    }
}

#[test]
fn archived_cards_come_along_where_they_are_asked_for() {
    let lists = json!([{"id": "l1", "name": "To do", "pos": 1}, {"id": "l2", "name": "Old", "closed": true, "pos": 2}]);
    let cards = json!([
        card("a", json!({})),
        card("b", json!({"closed": true, "dateLastActivity": "2026-04-01T10:00:00.000Z"})),
        card("c", json!({"closed": true, "idList": "l2"})),
        card("d", json!({"idList": "l2"})),
    ]);
    let actions = json!([{"type": "updateCard", "date": "2026-05-01T10:00:00.000Z", "data": {"card": {"id": "c", "closed": true}, "old": {"closed": false}}}]);
    let board = json!({"lists": lists, "cards": cards, "actions": actions});
    let without = trello(&board, &asked());
    assert_eq!((without.tasks.len(), without.archived), (2, 2));
    assert!(told(&without, 0, "cards", "2 archived cards are left out"));
    let with = trello(&board, &Asked { archived: true, ..asked() });
    let archived: Vec<_> = with.tasks.iter().map(|task| task.archived_at.map(|at| at.to_string())).collect();
    assert_eq!(
        archived,
        [None, Some("2026-04-01T10:00:00Z".to_owned()), Some("2026-05-01T10:00:00Z".to_owned()), None]
    );
    assert!(told(&with, 3, "column", "archived list “Old”") && told(&with, 4, "column", "comes in as live"));
}

#[test]
fn nothing_of_an_issue_is_lost_without_a_word() {
    let text = "Summary,Issue key,Issue id,Status,Status Category,Labels,Labels,Comment,Comment,Log Work,Log Work,Time Spent,Sprint,Sprint,\
        Outward issue link (Cloners),Outward issue link (Blocks),Attachment,Custom field (Story Points),Custom field (Story point estimate),Votes\n\
        One,ODD-1,1,Waiting for Customer,,api,Api,not;a;valid;comment,02/Jan/26 3:05 AM;Kim;Deploy at 9;30,did things; more;05/Jan/26 10:00 AM;Kim;5400,nonsense,9000,Sprint 1,Sprint 2,ODD-2,OTHER-9,05/Jan/26 10:00 AM;Kim;a;b.txt;https://x.y/1,5,3,7\n\
        Two,ODD-1,2,Closed,In Progress,,,,,,,,,,,,,\"0,5\",,\n";
    let reading = jira(text);
    let (one, two) = (&reading.tasks[0], &reading.tasks[1]);
    assert_eq!((one.comments.len(), one.comments[1].body.as_str()), (2, "Deploy at 9;30"));
    let log = &one.time[0];
    assert_eq!((log.minutes, log.person.as_str(), log.note.as_str()), (90, "Kim", "did things; more"));
    assert_eq!(
        (one.sprint.as_deref(), one.story_points, two.status),
        (Some("Sprint 2"), Some(5), Some(Status::InProgress))
    );
    for (line, field, part) in [
        (0, "labels", "“Api” and “api”"),
        (0, "column", "“Waiting for Customer”"),
        (0, "sprint", "“Sprint 2” begins and ends: it is planned from 2026-11-30 to 2026-12-13"),
        (2, "sprint", "“Sprint 1”"),
        (2, "time", "nonsense"),
        (2, "time", "60 minutes of the time spent"),
        (2, "links", "Cloners"),
        (2, "attachments", "“a;b.txt” (https://x.y/1)"),
        (2, "story_points", "“3”"),
        (3, "story_points", "0.5"),
    ] {
        let part = if part == "“Api” and “api”" { "become one label" } else { part };
        assert!(told(&reading, line, field, part), "{line} {field} {part}: {:?}", reading.problems.first);
    }
    let mut problems = Problems::default();
    drop(relations::Relations::of(&reading.tasks, &mut problems));
    let related: Vec<_> = problems.first.iter().map(|problem| (problem.line, problem.field.as_str())).collect();
    assert_eq!(related, [(3, "key"), (2, "links")]);
    let unread = reading
        .columns
        .iter()
        .zip(&reading.filled)
        .filter(|(column, filled)| column.target == Target::Ignored && **filled > 0);
    assert_eq!(unread.map(|(column, _)| column.name.as_str()).collect::<Vec<_>>(), ["Votes"]);
}

#[test]
fn a_text_that_is_too_long_goes_on_somewhere_else() {
    let (title, text) = ("t".repeat(400), "word ".repeat(15_000));
    let board =
        json!({"lists": [{"id": "l1", "name": "To do"}], "cards": [card("a", json!({"name": title, "desc": text}))]});
    let reading = trello(&board, &asked());
    let task = &reading.tasks[0];
    assert!(task.description.starts_with(&title));
    let all = task.description.matches("word").count()
        + task.comments.iter().map(|comment| comment.body.matches("word").count()).sum::<usize>();
    assert_eq!(all, 15_000);
    assert!(
        told(&reading, 1, "title", "stands in the description") && told(&reading, 1, "description", "first comments")
    );
}
