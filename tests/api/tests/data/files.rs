//! Files as other systems write them, of thousands of cards, with what people type into them.

use serde_json::{Value, json};
use std::fmt::Write;

/// Titles that break what is written carelessly.
const ODD: [&str; 8] = [
    "Zwölf Boxkämpfer jagen Viktor quer über den Sylter Deich",
    "=HYPERLINK(\"http://evil.example\", \"x\")",
    "“Quotes”, commas; semicolons\tand tabs",
    "日本語のタイトル 🎉👩‍👩‍👧",
    "שלום עולם",
    "e\u{301}te\u{301} — composed",
    "'-- DROP TABLE tasks; <script>alert(1)</script>",
    "+49 30 1234567",
];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A table with a header that is known by its names: every tenth title is odd, every hundredth is missing.
pub fn table(count: usize, email: &str) -> String {
    let mut file = String::from("Title,Description,Status,Priority,Assignee,Labels,Story points,Due date,Note\r\n");
    let statuses = ["Backlog", "To do", "In progress", "Review", "Done"];
    for index in 0..count {
        let title = match index {
            index if index % 100 == 99 => String::new(),
            index if index % 10 == 0 => format!("{} {index}", ODD[index / 10 % ODD.len()]),
            index => format!("Card number {index}"),
        };
        let description = format!("Line one of {index}\nLine \"two\", with a comma");
        let (points, due) = if index % 50 == 7 { ("many", "soon") } else { ("3", "2027-03-01") };
        writeln!(
            file,
            "{},{},{},High,{email},\"red, green\",{points},{due},kept nowhere\r",
            quoted(&title),
            quoted(&description),
            statuses[index % 5],
        )
        .expect("writes");
    }
    file
}

/// A board as Trello exports it.
pub fn trello(count: usize) -> Value {
    let id = |kind: u64, index: usize| format!("{:08x}{kind:02x}{index:014x}", 1_700_000_000 + index);
    let lists: Vec<Value> = ["Ideas", "Doing", "Shipped"]
        .iter()
        .enumerate()
        .map(|(index, name)| json!({"id": id(1, index), "name": name, "closed": false, "pos": (index + 1) * 1_000, "softLimit": null}))
        .collect();
    let cards: Vec<Value> = (0..count)
        .map(|index| {
            json!({
                "id": id(2, index), "name": format!("{} {index}", ODD[index % ODD.len()]), "desc": "Some *Markdown*",
                "closed": index % 20 == 19, "idBoard": "b", "idList": id(1, index % 3), "idShort": index + 1,
                "pos": (count - index) as f64 + 0.5, "due": (index % 3 == 0).then_some("2027-03-01T11:00:00.000Z"), "start": null,
                "dueComplete": false, "idMembers": [id(3, 0), id(3, 1)], "idChecklists": [], "shortLink": format!("s{index}"),
                "labels": [{"id": id(4, 0), "name": "Bug", "color": "red"}, {"id": id(4, 1), "name": "", "color": "sky"}],
                "badges": {"attachments": 0, "comments": 1}, "cover": {"color": null},
                "customFieldItems": [
                    {"id": id(8, index), "idCustomField": id(9, 0), "idValue": id(10, index % 2), "value": null, "modelType": "card"},
                    {"id": id(8, count + index), "idCustomField": id(9, 1), "value": {"checked": if index % 3 == 0 { "true" } else { "false" }}},
                ],
            })
        })
        .collect();
    let actions: Vec<Value> = (0..count.min(1_000))
        .map(|index| {
            json!({
                "id": id(5, index), "type": "commentCard", "date": "2024-03-01T10:00:00.000Z",
                "data": {"text": format!("Said about {index}"), "card": {"id": id(2, index), "name": "x"}},
                "memberCreator": {"id": id(3, 1), "fullName": "Somebody Else", "username": "else"},
            })
        })
        .collect();
    json!({
        "id": "b", "name": "A board of Trello", "desc": "", "closed": false, "prefs": {"background": "blue"},
        "lists": lists, "cards": cards, "actions": actions,
        "labels": [{"id": id(4, 0), "name": "Bug", "color": "red"}, {"id": id(4, 1), "name": "", "color": "sky"}],
        "members": [
            {"id": id(3, 0), "fullName": "Alex", "username": "alex"},
            {"id": id(3, 1), "fullName": "Somebody Else", "username": "else"},
        ],
        "checklists": [{"id": id(6, 0), "idCard": id(2, 0), "name": "Steps", "pos": 1, "checkItems": [
            {"id": id(7, 0), "name": "First", "state": "complete", "pos": 1},
            {"id": id(7, 1), "name": "Second", "state": "incomplete", "pos": 2},
        ]}],
        "customFields": [
            {"id": id(9, 0), "name": "Size", "type": "list", "display": {"cardFront": true}, "options": [
                {"id": id(10, 0), "value": {"text": "Small"}, "color": "none"}, {"id": id(10, 1), "value": {"text": "Large"}, "color": "red"},
            ]},
            {"id": id(9, 1), "name": "Paid", "type": "checkbox"},
        ],
    })
}

/// Issues as Jira exports them: an epic, then stories with a part each, in pairs.
pub fn jira(pairs: usize) -> String {
    let mut file = String::from(
        "\u{feff}Summary,Issue key,Issue id,Parent id,Issue Type,Status,Status Category,Project key,Priority,Assignee,Assignee Id,\
         Reporter,Reporter Id,Created,Resolved,Due date,Labels,Labels,Description,Original estimate,Watchers,\
         Outward issue link (Blocks),Sprint,Sprint,Custom field (Story Points),Custom field (Rank),Comment,Comment,Custom field (Customer)\r\n\
         The epic,OLD-1,10001,,Epic,To Do,To Do,OLD,Medium,,,,,20/Nov/25 9:41 AM,,,,,,,,,,,,0|i00007:,,,\r\n",
    );
    for pair in 0..pairs {
        let (story, part) = (2 + pair * 2, 3 + pair * 2);
        let title = quoted(&format!("{} {pair}", ODD[pair % ODD.len()]));
        writeln!(
            file,
            "{title},OLD-{story},{},10001,Story,Selected for Development,To Do,OLD,Highest,Alex,712020:a,Alex,712020:a,\
             20/Nov/25 9:41 AM,,24/Nov/27 12:00 AM,backend,api,\"h2. Why\nBecause; of *\"\"this\"\"*, [~accountid:712020:a]\",7200,,OLD-{part},Sprint 7,Sprint 8,5.0,0|i0000f:,\
             20/Nov/25 10:00 AM;712020:b;Somebody else said; this,21/Nov/25 1:05 PM;712020:a;And Alex that,Acme\r",
            10_000 + story,
        )
        .expect("writes");
        writeln!(
            file,
            "Part of {pair},OLD-{part},{},{},Sub-task,Done,Done,OLD,Low,,,Alex,712020:a,\
             20/Nov/25 9:41 AM,21/Nov/25 4:00 PM,,,,,,,,,,,0|i0000n:,,,\r",
            10_000 + part,
            10_000 + story,
        )
        .expect("writes");
    }
    file
}
