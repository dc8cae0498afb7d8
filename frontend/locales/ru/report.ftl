report-title = Отчёт
report-table-title = Проведённое обучение
report-event = Мероприятие
report-participants = Участники
report-count = Число участников
report-date = Дата
report-location = Место
report-organisers = Организаторы
report-sessions-behind = Занятия за этой цифрой
report-expected = По программе ожидается { NUMBER($count) }
report-published-as = Опубликовано: { $quote }
report-agrees = Сходится с опубликованной цифрой
report-differs = Расходится с опубликованной цифрой
report-contradictions = Не сходится
report-contradictions-none = Каждая цифра сходится с занятиями, из которых она сложена.
report-not-itemised = В источнике не расписано
report-disputed-note = { $count ->
    [one] { NUMBER($count) } отметка спорная и не учтена ни в ту, ни в другую сторону.
    [few] { NUMBER($count) } отметки спорные и не учтены ни в ту, ни в другую сторону.
   *[many] { NUMBER($count) } отметок спорные и не учтены ни в ту, ни в другую сторону.
}
report-in-progress = Ещё проводится
report-as-of = Данные на { $when }
report-empty = Занятия ещё не опубликованы. Опубликуйте план, и они появятся здесь.
report-statement-title = Сообщение
report-say-held = { $event }, { $days }: завершили { NUMBER($completed) } человек, занятий { NUMBER($sessions) }, мест { NUMBER($sites) }.
report-say-running = { $event }: пока завершили { NUMBER($completed) } из { NUMBER($planned) }; проведено занятий { NUMBER($held) } из { NUMBER($sessions) }.
report-say-not-begun = { $event }: { $days } по плану.
report-say-not-held = { $event }: на { $days } было запланировано, занятий не было.
report-event-count = { $event } ({ NUMBER($count) })
report-planned-window = по плану { $days }
report-sites = { $count ->
    [one] проведено в { NUMBER($count) } месте
    [few] проведено в { NUMBER($count) } местах
   *[many] проведено в { NUMBER($count) } местах
}
report-not-yet = ещё не было
report-parts-title = { $event }, по местам
report-sessions-title = { $event }: { $place }
report-all-places = Все места
report-all-tiers = Все уровни
report-compared-title = Рядом с опубликованными числами
report-measure = Показатель
report-ours = Посчитано здесь
report-verdict = Вывод
report-verdict-agrees = Совпадает
report-verdict-differs = Не сходится
report-verdict-not-reached = Ещё не достигнуто
report-verdict-not-itemised = Не расписано
report-itemised = по частям в источнике { NUMBER($count) }
report-about = около { NUMBER($count) }
report-doubt-silent = { $place }: нет ответа; во всех суммах этого не хватает.
report-doubt-invited = { $event }, { $place }: приглашено { NUMBER($part) }, а должностей { NUMBER($whole) }.
report-doubt-present = { $event }, { $place }: присутствовали { NUMBER($part) }, а приглашено { NUMBER($whole) }.
report-doubt-completed = { $event }, { $place }: завершили { NUMBER($part) }, а присутствовали { NUMBER($whole) }.
report-doubt-held = { $event }, { $place }: проведено занятий { NUMBER($part) }, а опубликовано { NUMBER($whole) }.
report-doubt-disputed = { $count ->
    [one] { $event }, { $place }: наблюдатели расходятся, { NUMBER($count) } человек не считается ни там, ни там.
    [few] { $event }, { $place }: наблюдатели расходятся, { NUMBER($count) } человека не считаются ни там, ни там.
   *[many] { $event }, { $place }: наблюдатели расходятся, { NUMBER($count) } человек не считаются ни там, ни там.
}
report-doubt-not-marked = { $count ->
    [one] { $event }, { $place }: { NUMBER($count) } занятие прошло, но за один из дней нет отметок.
    [few] { $event }, { $place }: { NUMBER($count) } занятия прошли, но за один из дней нет отметок.
   *[many] { $event }, { $place }: { NUMBER($count) } занятий прошли, но за один из дней нет отметок.
}
report-doubt-days = { $event }: опубликовано дней { NUMBER($published) }, а от первой даты до последней { NUMBER($counted) }.
report-doubt-itemised = { $measure }: опубликовано всего { NUMBER($total) }, а по частям { NUMBER($itemised) }.
report-doubt-average = { $event }: в группах в среднем { $average } при норме { NUMBER($norm) }: слишком ровно.
report-first-day = Первый день
report-last-day = Последний день
report-window-first = План с
report-window-last = План по
report-csv-name = otchet
report-doubt-published = { $event } ({ $measure }): опубликовано { NUMBER($published) }, посчитано здесь { NUMBER($ours) }.
