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
