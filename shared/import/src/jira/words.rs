//! What Jira calls the columns of its export, in the languages that it ships and over its versions ("issue", "request",
//! "work item"). A column is looked up in all languages at once: no name means two things.

use crate::words::has;
use millrace_domain::{
    import::mapping::{Field, plain},
    task::link::Relation,
};

/// What a column of Jira's export holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// A field of every task.
    Field(Field),
    /// A value of a field of Jira's own or of the project's, by what it is called.
    Own(String),
    /// What kind of issue it is.
    Kind,
    /// A link, with what it is called where there is no such relation here.
    Link(Result<Relation, String>),
    /// The id of the account whose name stands in another column.
    Account(Field),
    /// Somebody who is taken for nothing but whom their account's id stands for.
    Person,
    /// Their account's id.
    PersonAccount,
    /// A file, of which only the name and the address are in the export.
    Attachment,
    /// How many seconds were worked.
    TimeSpent,
    /// Nothing that is taken.
    Ignored,
}

/// The names of columns, as `plain` spells them: English first.
const COLUMNS: &[(Role, &str)] = &[
    (
        Role::Field(Field::Title),
        "summary zusammenfassung résumé resumen resumo riepilogo samenvatting podsumowanie 要約 概要 摘要 主题 резюме \
        тема название",
    ),
    (
        Role::Field(Field::Key),
        "issuekey key workitemkey issueid id workitemid vorgangsschlüssel schlüssel vorgangsid \
        arbeitselementschlüssel arbeitselementid clédeticket clé clédelademande clédedemande iddeticket \
        idduticket iddelademande identifiantdeticket clavedeincidencia clave clavedeactividad \
        clavedelaincidencia iddelaincidencia iddeincidencia iddeactividad iddelaactividad chavedaitem \
        chavedoitem chave chavedapendência chavedoticket iddaitem iddoitem iddapendência iddoticket \
        chiavesegnalazione chiaveticket chiave chiavedelticket chiavesegnalazioni idsegnalazione idticket \
        iddelticket issuesleutel issuecode sleutel itemsleutel issuenummer itemid kluczzgłoszenia klucz \
        kluczelementu idzgłoszenia idelementu 課題キー キー 作業項目キー 課題id 作業項目id 问题关键字 关键字 事务关键字 问题密钥 工作项关键字 密钥 问题id \
        事务id 工作项id ключзадачи ключ ключзапроса ключпроблемы idзадачи идентификаторзадачи idзапроса \
        idпроблемы",
    ),
    (
        Role::Field(Field::Parent),
        "parentkey parent parentid elternschlüssel elternid übergeordneterschlüssel übergeordneteid \
        übergeordnet übergeordnetervorgang übergeordnetevorgangsid übergeordneteselement cléparent \
        clédeparent clédeélémentparent iddeparent idparent claveprincipal clavedelprincipal clavepadre \
        principal idprincipal iddelpadre idpadre padre chavepai chavedopai idpai iddopai pai itempai \
        chiaveprincipale chiavepadre idprincipale principale bovenliggendesleutel bovenliggendeid \
        bovenliggend bovenliggenditem kluczelementunadrzędnego kluczelementnadrzędny kluczrodzica \
        idelementunadrzędnego idrodzica elementnadrzędny nadrzędny rodzic 親キー 親id 親 親課題 親課題id 父级关键字 父级密钥 \
        父级id 父级 父问题 上级 父项 ключродителя родительскийключ idродителя родительскийid родитель \
        родительскаязадача",
    ),
    (
        Role::Kind,
        "issuetype workitemtype type vorgangstyp typ arbeitselementtyp typedeticket typededemande \
        tipodeincidencia tipodeactividad tipo tipodeitem tipodoitem tipodependência tipodeticket \
        tiposegnalazione tipodisegnalazione tipoticket tipoditicket typeissue itemtype typzgłoszenia \
        typelementu 課題タイプ 作業タイプ 作業項目タイプ 问题类型 事务类型 工作项类型 типзадачи типзапроса типпроблемы тип",
    ),
    (Role::Field(Field::Column), "status statut état estado situação stato ステータス 状態 状态 статус состояние"),
    (
        Role::Field(Field::Category),
        "statuscategory statuskategorie kategoriedesstatus catégoriedestatut catégoriedustatut catégoriedétat \
        categoríadeestado categoríadelestado categoriadestatus categoriadostatus categoriadesituação \
        categoriadistato categoriastato categoriadellostato statuscategorie kategoriastatusu ステータスカテゴリー \
        ステータスカテゴリ ステータスのカテゴリー ステータスのカテゴリ 状态类别 状态分类 категориястатуса категориястатусов",
    ),
    (
        Role::Field(Field::Priority),
        "priority priorität priorité prioridad prioridade priorità prioriteit priorytet 優先度 优先级 приоритет",
    ),
    (
        Role::Field(Field::Assignees),
        "assignee bearbeiter zugewieseneperson zugewiesenan zuständigeperson responsable personneassignée \
        attribuéà personaasignada asignado asignadoa responsável assegnatario toegewezenpersoon toegewezene \
        toegewezenaan uitvoerder osobaprzypisana przypisanaosoba 担当者 经办人 受理人 被分配人 исполнитель",
    ),
    (
        Role::Field(Field::Reporter),
        "reporter autor meldender berichterstatter rapporteur informador reportadopor relator segnalante \
        segnalatore melder osobazgłaszająca zgłaszający 報告者 报告人 автор",
    ),
    (
        Role::Field(Field::Watchers),
        "watchers beobachter observateurs observadores seguidores osservatori volgers kijkers obserwujący \
        obserwatorzy ウォッチャー 关注者 关注人 наблюдатели",
    ),
    (
        Role::Field(Field::CreatedAt),
        "created erstellt création créé créée creada creado fechadecreación criado criada creato creata \
        datacreazione gemaakt aangemaakt utworzono utworzone 作成日 作成日時 创建日期 已创建 创建时间 创建 создано создана \
        датасоздания",
    ),
    (
        Role::Field(Field::ClosedAt),
        "resolved erledigt gelöst résolu résolue resuelta resuelto resolvido resolvida risolto risolta \
        opgelost rozwiązane rozwiązano 解決日 解決日時 解決済み 已解决 解决日期 解决时间 решено решена датарешения",
    ),
    (
        Role::Field(Field::DueDate),
        "duedate due fälligkeitsdatum fälligam fällig datedéchéance échéance fechadevencimiento vencimiento \
        datalimite datadeentrega datadevencimento prazo datadiscadenza scadenza vervaldatum einddatum \
        deadline termin terminwykonania 期限 期日 到期日 截止日期 到期日期 срокисполнения срок",
    ),
    (
        Role::Field(Field::StartDate),
        "startdate startdatum datededébut fechadeinicio datadeinício datadiinizio begindatum datarozpoczęcia \
        開始日 开始日期 датаначала",
    ),
    (
        Role::Field(Field::Labels),
        "labels label stichwörter stichworte étiquettes etiquetas rótulos etichette etykiety ラベル 标签 метки \
        теги",
    ),
    (
        Role::Field(Field::Description),
        "description beschreibung descripción descrição descrizione beschrijving omschrijving opis 説明 描述 \
        описание",
    ),
    (
        Role::Field(Field::Comments),
        "comment comments kommentar kommentare commentaire commentaires comentario comentarios comentário \
        comentários commento commenti opmerking opmerkingen reactie komentarz komentarze コメント 评论 комментарий \
        комментарии",
    ),
    (Role::Field(Field::Sprint), "sprint sprints スプリント 冲刺 спринт"),
    (
        Role::Field(Field::StoryPoints),
        "storypoints storypointestimate storypointschätzung storypunkte pointsdestory estimationdestorypoints \
        estimationdespointsdestory pointsdhistoire puntosdehistoria estimacióndepuntosdehistoria \
        pontosdehistória pontosdahistória estimativadestorypoints puntistoria stimastorypoint storypunten \
        punktyhistorii ストーリーポイント ストーリーポイントの見積もり 故事点 故事点估算 очкиистории оценкаstorypoint",
    ),
    (
        Role::Field(Field::EstimatedHours),
        "originalestimate originalestimateseconds ursprünglicheschätzung ursprünglichegeschätztezeit \
        estimationoriginale estimationdorigine estimacióninicial estimaciónoriginal estimativaoriginal \
        stimaoriginale stimainiziale oorspronkelijkeschatting pierwotneszacowanie początkoweszacowanie \
        szacowanieoryginalne 初期見積り 初期見積もり 原始估算 初始预估时间 初始预估 первоначальнаяоценка исходнаяоценка",
    ),
    (
        Role::TimeSpent,
        "timespent benötigtezeit zeitaufwand aufgewendetezeit tempspassé tempsconsacré tiempoempleado \
        tiempotrabajado tempogasto tempotrascorso tempoimpiegato bestedetijd spędzonyczas czasspędzony \
        poświęconyczas 所要時間 経過時間 作業時間 耗费时间 花费时间 实际时间 затраченноевремя потраченноевремя",
    ),
    (
        Role::Field(Field::WorkLog),
        "logwork worklog arbeitprotokollieren arbeitsprotokoll journaldetravail consignationdutravail \
        registrodetrabajo registrartrabajo registrodetrabalho registrolavoro registrodilavoro werklogboek \
        werkregistreren dziennikpracy rejestrujpracę 作業ログ 作業記録 工作日志 登记工作日志 журналработ записьоработе",
    ),
    (
        Role::Attachment,
        "attachment attachments anhang anhänge piècejointe piècesjointes adjunto adjuntos anexo anexos \
        allegato allegati bijlage bijlagen załącznik załączniki 添付ファイル 附件 вложение вложения",
    ),
    (
        Role::Account(Field::Assignees),
        "assigneeid bearbeiterid idderzugewiesenenperson iddelresponsable idduresponsable \
        iddelapersonaasignada idpersonaasignada iddoresponsável idassegnatario idosobyprzypisanej 担当者id \
        经办人id idисполнителя",
    ),
    (
        Role::Account(Field::Reporter),
        "reporterid autorid iddurapporteur iddelinformador idinformador iddorelator idsegnalante \
        idosobyzgłaszającej 報告者id 报告人id idавтора",
    ),
    (
        Role::Account(Field::Watchers),
        "watchersid beobachterid iddesobservateurs iddeobservadores iddosobservadores idosservatori \
        idobserwujących ウォッチャーid 关注者id idнаблюдателей",
    ),
    (Role::Person, "creator ersteller créateur creador criador creatore maker twórca 作成者 创建人 создатель"),
    (Role::PersonAccount, "creatorid erstellerid idducréateur iddelcreador iddocriador 作成者id 创建人id"),
];

/// What stands around the name of a field of Jira's own.
const OWN: &[&str] = &[
    "customfield",
    "benutzerdefiniertefelder",
    "benutzerdefiniertesfeld",
    "champpersonnalisé",
    "champspersonnalisés",
    "champpersonnalise",
    "campopersonalizado",
    "campopersonalizzato",
    "aangepastveld",
    "poleniestandardowe",
    "カスタムフィールド",
    "自定义字段",
    "自訂欄位",
    "пользовательскоеполе",
    "настраиваемоеполе",
];

/// Fields of Jira's own that are fields of every task here.
const OWN_FIELDS: &[(Field, &str)] = &[(
    Field::Parent,
    "epiclink parentlink epicverknüpfung lienépopée enlacedeépica enlacedelaepopeya linkdoépico エピックリンク \
        史诗链接 ссылканаэпик",
)];

/// Kinds of issues that group others.
const EPICS: &[&str] = &["epic", "epik", "épopée", "epopeya", "épica", "épico", "エピック", "史诗", "长篇故事", "эпик"];

/// What stands around the name of a link.
const LINK: &[&str] = &[
    "link",
    "verknüpfung",
    "lien",
    "enlace",
    "vínculo",
    "vinculo",
    "collegamento",
    "koppeling",
    "łącze",
    "powiązanie",
    "リンク",
    "链接",
    "связь",
    "ссылка",
];
const INWARD: &[&str] = &[
    "inward",
    "eingehend",
    "intern",
    "entrant",
    "entrada",
    "ingresso",
    "entrata",
    "inkomend",
    "wewnętrzn",
    "przychodz",
    "内向",
    "内部",
    "入站",
    "внутренн",
    "входящ",
];
const OUTWARD: &[&str] = &[
    "outward",
    "ausgehend",
    "extern",
    "sortant",
    "saliente",
    "saída",
    "uscita",
    "esterno",
    "uitgaand",
    "zewnętrzn",
    "wychodz",
    "外向",
    "外部",
    "出站",
    "внешн",
    "исходящ",
];

/// The name in `Custom field (name)`, whatever language that is in, with what stands around it.
pub(super) fn around(header: &str) -> Option<(&str, &str)> {
    let header = header.trim();
    let inside = header.strip_suffix([')', '）'])?;
    let (around, name) = inside.split_once(['(', '（'])?;
    Some((around.trim(), name.trim()))
}

/// The name of a field of Jira's own, whose column is called `header`.
pub(crate) fn own_name(header: &str) -> Option<&str> {
    let (around, name) = around(header)?;
    OWN.contains(&plain(around).as_str()).then_some(name)
}

fn field(plain: &str) -> Option<Role> {
    COLUMNS.iter().find(|(_, names)| has(names, plain)).map(|(role, _)| role.clone())
}

/// What a column called `header` holds.
pub(super) fn role(header: &str) -> Role {
    if let Some(name) = own_name(header) {
        let plain = plain(name);
        let same = OWN_FIELDS.iter().find(|(_, names)| has(names, &plain)).map(|(field, _)| *field);
        let usual = || match field(&plain) {
            Some(Role::Field(field @ (Field::StoryPoints | Field::StartDate | Field::Sprint))) => Some(field),
            _ => None,
        };
        return same.or_else(usual).map_or_else(|| Role::Own(name.to_owned()), Role::Field);
    }
    if let Some((around, name)) = around(header) {
        let around = plain(around);
        let says = |words: &[&str]| words.iter().any(|word| around.contains(word));
        if says(LINK) && (says(INWARD) || says(OUTWARD)) {
            return Role::Link(relation(name, says(OUTWARD)));
        }
        // `Original estimate (seconds)` and the like.
        if let Some(role) = field(&around) {
            return role;
        }
    }
    field(&plain(header)).unwrap_or(Role::Ignored)
}

fn relation(name: &str, outward: bool) -> Result<Relation, String> {
    let relation = match plain(name).as_str() {
        "blocks" | "blocker" | "bloquea" | "blockiert" | "bloque" | "bloqueia" | "blocca" | "blokkeert" | "blokuje"
        | "ブロック" | "阻塞" | "блокирует" => Relation::Blocks,
        "relates" | "related" | "relatesto" | "relacionado" | "relaciona" | "関連" | "关联" | "связан" => {
            Relation::Relates
        }
        "duplicate" | "duplicates" | "duplicado" | "duplikat" | "doublon" | "duplicato" | "重複" | "重复"
        | "дублирует" => Relation::Duplicates,
        _ => return Err(name.to_owned()),
    };
    Ok(if outward { relation } else { relation.inverse() })
}

/// Whether a kind of issue groups others.
pub(super) fn is_epic(kind: &str) -> bool {
    EPICS.contains(&plain(kind).as_str())
}

/// Whether somebody's name says that it is nobody.
pub(super) fn is_nobody(name: &str) -> bool {
    matches!(
        plain(name).as_str(),
        "unassigned"
            | "nichtzugewiesen"
            | "nonassigné"
            | "nonattribué"
            | "sinasignar"
            | "nãoatribuído"
            | "nonassegnato"
            | "nonassegnata"
            | "nietoegewezen"
            | "niettoegewezen"
            | "nieprzypisane"
            | "未割り当て"
            | "未分配"
            | "неназначен"
            | "неназначено"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn no_name_of_a_column_means_two_things() {
        let mut known: HashMap<&str, &Role> = HashMap::new();
        for (role, name) in
            COLUMNS.iter().flat_map(|(role, names)| names.split_ascii_whitespace().map(move |name| (role, name)))
        {
            assert_eq!(plain(name), name);
            assert!(known.insert(name, role).is_none_or(|other| other == role), "{name}");
        }
    }

    #[test]
    fn a_column_is_known_in_each_language() {
        let title = Role::Field(Field::Title);
        for header in [
            "Summary",
            "Zusammenfassung",
            "Résumé",
            "Resumen",
            "Resumo",
            "Riepilogo",
            "Samenvatting",
            "Podsumowanie",
            "要約",
            "概要",
            "Тема",
        ] {
            assert_eq!(role(header), title, "{header}");
        }
        for (header, expected) in [
            ("Campo personalizado (Story point estimate)", Role::Field(Field::StoryPoints)),
            ("Pole niestandardowe (Zespół)", Role::Own("Zespół".to_owned())),
            ("自定义字段（团队）", Role::Own("团队".to_owned())),
            ("Custom field (Status)", Role::Own("Status".to_owned())),
            ("Custom field (Epic Link)", Role::Field(Field::Parent)),
            ("Outward issue link (Blocks)", Role::Link(Ok(Relation::Blocks))),
            ("Inward issue link (Blocks)", Role::Link(Ok(Relation::BlockedBy))),
            ("Enlace de incidencia saliente (Duplicate)", Role::Link(Ok(Relation::Duplicates))),
            ("Outward issue link (Cloners)", Role::Link(Err("Cloners".to_owned()))),
            ("Categoría de estado", Role::Field(Field::Category)),
            ("Clave principal", Role::Field(Field::Parent)),
            ("Original estimate (seconds)", Role::Field(Field::EstimatedHours)),
            ("Component/s", Role::Ignored),
        ] {
            assert_eq!(role(header), expected, "{header}");
        }
    }
}
