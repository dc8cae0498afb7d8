session-title = Занятие
session-tab-people = Люди
session-tab-topics = Темы
session-tab-kit = Материалы
session-tab-photos = Фото
session-tab-close = Закрытие
session-day-of = День { NUMBER($day) } из { NUMBER($days) }
session-day-choose = День занятия
session-everyone-present = Все присутствуют
session-everyone-hint = Отмечает тех, у кого ещё нет своей отметки.
session-everyone-done = { $count ->
    [one] Отмечен { NUMBER($count) } человек
    [few] Отмечены { NUMBER($count) } человека
   *[many] Отмечено { NUMBER($count) } человек
}
session-scan = Сканировать бейдж
session-present = Здесь
session-late = Опоздание
session-absent = Нет
session-excused = Уваж. причина
session-unmarked = Без отметки
session-mark-of = Посещение: { $name }
session-marked = { $name }: { $status }
session-present-of = { NUMBER($present) } из { NUMBER($total) }
session-present-label = здесь, включая опоздавших
session-unmarked-count = { $count ->
    [0] отмечены все
    [one] без отметки { NUMBER($count) }
    [few] без отметки { NUMBER($count) }
   *[many] без отметки { NUMBER($count) }
}
session-disputed = Наблюдения расходятся
session-disputed-count = { $count ->
    [one] { NUMBER($count) } расхождение
    [few] { NUMBER($count) } расхождения
   *[many] { NUMBER($count) } расхождений
}
session-saw = { $observer }: { $status }, { $time }
session-saw-you = Вы: { $status }, { $time }
session-resolve = Разрешить
session-resolve-title = { $name }: два наблюдения расходятся
session-resolve-explained = Пока расхождение не разрешено, человек не считается ни присутствовавшим, ни отсутствовавшим.
session-counted = Засчитано: { $status }
session-resolved-by = Решение принял(а) { $name }: { $status }
session-walk-in = Добавить человека не из списка
session-replacement = Вместо: { $name }
session-people = { $count ->
    [one] { NUMBER($count) } человек
    [few] { NUMBER($count) } человека
   *[many] { NUMBER($count) } человек
}
session-place-time = { $place }, { $time }
session-filter-all = Все
session-filter-unmarked = Без отметки
session-filter-disputed = Расхождения
session-not-found = В этом списке никто не подходит под «{ $query }».
session-empty = В этом списке ещё никого нет. Людей записывает координатор.
session-sheet-title = Лист посещения
session-signature = Подпись
session-warning-trainer = Тренер не завершил обучение предыдущего уровня. Занятие можно проводить; комиссия видит пометку.
session-numbered = Занятие { $number }
session-room-closed = Помещением пользоваться нельзя
session-you = Вы
session-other-observer = Другой наблюдатель
session-resolve-holds = Что считать верным
session-resolution-asked = { $name }: { $status }, решение уходит в комиссию
session-taken-back = Отменено
session-not-here = Этого занятия нет на этом устройстве. Возможно, оно другой учётной записи или придёт при следующей синхронизации.
session-not-today = Вы отмечаете { $day }, не сегодняшний день.
session-none-published = Пока не опубликовано ни одного занятия. После публикации плана они появятся здесь.
session-search = Поиск по помещению, району или номеру
