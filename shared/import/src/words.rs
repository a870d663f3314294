//! What systems call their statuses and priorities, in the languages that Jira ships: the words of its own workflows and
//! schemes, as `cell::plain` spells them.

use millrace_domain::task::{Priority, Status};

/// Names of statuses and columns.
const STATUSES: &[(Status, &str)] = &[
    (Status::Backlog, "backlog icebox ideas later inbox productbacklog バックログ 待办列表 бэклог"),
    (
        Status::Todo,
        "todo open new ready planned next selectedfordevelopment reopened sprintbacklog zuerledigen offen neu \
        wiedereröffnet erneutgeöffnet zurentwicklungausgewählt geplant àfaire afaire ouvert ouverte nouveau \
        rouvert rouverte sélectionnépourledéveloppement tareasporhacer porhacer pendiente abierto abierta \
        nuevo reabierto reabierta seleccionadoparaeldesarrollo tarefaspendentes afazer aberto aberta novo \
        reaberto reaberta pendente selecionadoparadesenvolvimento selecionadosparadesenvolvimento \
        dacompletare dafare aperto aperta nuovo riaperto riaperta selezionatoperlosviluppo tedoen nogtedoen \
        nieuw heropend geselecteerdvoorontwikkeling dozrobienia otwarte otwarty nowe ponownieotwarte \
        wybranedorealizacji wybranedoprogramowania 未着手 作業前 オープン 再オープン 待办 待办事项 待处理 打开 开放 重新打开 已选择待开发 代辦事項 \
        待辦事項 квыполнению сделать открыто открыт открыта новая новый переоткрыт переоткрыто \
        выбранодляразработки",
    ),
    (
        Status::InProgress,
        "inprogress doing started wip indevelopment active blocked inarbeit inbearbeitung laufend encours \
        encurso enprogreso emandamento emprogresso emcurso incorso inlavorazione inuitvoering bezig \
        wordtuitgevoerd wtoku wtrakcie 進行中 作業中 対応中 正在进行 进行中 处理中 正在進行 вработе впроцессе выполняется",
    ),
    (
        Status::Review,
        "review inreview codereview testing intest qa verify inprüfung inüberprüfung imreview test enrevue \
        enrévision enrelecture enrevisión enpruebas emrevisão emteste inrevisione intesting inbeoordeling \
        wrecenzji przegląd wtrakcieprzeglądu レビュー中 テスト中 审核中 审查中 测试中 наревью напроверке тестирование",
    ),
    (
        Status::Done,
        "done closed complete completed resolved finished released shipped fertig erledigt geschlossen \
        abgeschlossen gelöst behoben terminé terminée terminés fini finie fermé fermée résolu résolue fait \
        finalizada finalizado listo lista hecho cerrado cerrada resuelto resuelta completado concluído \
        concluída itensconcluídos feito fechado fechada resolvido resolvida pronto completato completata \
        fatto chiuso chiusa risolto risolta terminato gereed klaar voltooid gesloten opgelost afgerond \
        gotowe zrobione zamknięte zamknięty rozwiązane rozwiązany zakończone ukończone 完了 クローズ 解決済み 完成 已完成 \
        关闭 已关闭 已解决 解决 結束 готово выполнено закрыто закрыт закрыта решено решен решён завершено",
    ),
];

/// Names of priorities.
const PRIORITIES: &[(Priority, &str)] = &[
    (
        Priority::Lowest,
        "lowest trivial p5 niedrigste niedrigster amniedrigsten sehrniedrig laplusfaible plusfaible \
        trèsfaible másbaja masbaja muybaja maisbaixa muitobaixa baixíssima minima piùbassa moltobassa \
        laagste laagst najniższy najniższa 最低 самыйнизкий низший оченьнизкий",
    ),
    (
        Priority::Low,
        "low minor p4 niedrig gering faible basse mineur mineure baja menor baixa baixo bassa laag niski \
        niska 低 较低 низкий",
    ),
    (
        Priority::Medium,
        "medium normal major none p3 mittel moyenne moyen majeur majeure media medio mayor média médio \
        gemiddeld middel średni średnia 中 中等 средний обычный",
    ),
    (
        Priority::High,
        "high critical important p2 hoch kritisch élevée élevé haute critique alta alto crítica crítico \
        critica hoog kritiek wysoki wysoka krytyczny 高 较高 严重 высокий критический",
    ),
    (
        Priority::Urgent,
        "highest urgent blocker p1 p0 höchste höchster amhöchsten sehrhoch dringend laplusélevée plusélevée \
        laplushaute trèshaute trèsélevée urgente bloquant bloquante másalta masalta muyalta bloqueador \
        maisalta altíssima muitoalta massima piùalta moltoalta bloccante hoogste hoogst blokkerend najwyższy \
        najwyższa bloker 最高 緊急 紧急 самыйвысокий наивысший высший блокирующий",
    ),
];

/// Whether `name` is one of the names, between which there are spaces.
pub(super) fn has(names: &str, name: &str) -> bool {
    names.split_ascii_whitespace().any(|known| known == name)
}

/// The status that a name in small letters and digits stands for.
pub(super) fn status(plain: &str) -> Option<Status> {
    STATUSES.iter().find(|(_, names)| has(names, plain)).map(|(status, _)| *status)
}

/// The priority that a name in small letters and digits stands for.
pub(super) fn priority(plain: &str) -> Option<Priority> {
    PRIORITIES.iter().find(|(_, names)| has(names, plain)).map(|(priority, _)| *priority)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::plain;
    use std::collections::HashMap;

    #[test]
    fn a_word_stands_for_one_thing_and_is_spelled_as_it_is_looked_up() {
        let mut statuses = HashMap::new();
        for (status, name) in
            STATUSES.iter().flat_map(|(status, names)| names.split_ascii_whitespace().map(move |name| (status, name)))
        {
            assert_eq!(plain(name), name);
            assert!(statuses.insert(name, status).is_none_or(|other| other == status), "{name}");
        }
        let mut priorities = HashMap::new();
        for (one, name) in
            PRIORITIES.iter().flat_map(|(one, names)| names.split_ascii_whitespace().map(move |name| (one, name)))
        {
            assert_eq!(plain(name), name);
            assert!(priorities.insert(name, one).is_none_or(|other| other == one), "{name}");
        }
    }
}
