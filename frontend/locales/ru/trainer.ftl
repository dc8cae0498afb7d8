trainer-nav-today = Сегодня
trainer-nav-sessions = Занятия
trainer-nav-ready = Без связи
trainer-today-title = Сегодня
trainer-next = Ближайшее занятие
trainer-take-attendance = Отметить посещение
trainer-open-session = Открыть занятие
trainer-starts = { $day } в { $time }
trainer-no-session-today = Сегодня занятий нет
trainer-this-week = На этой неделе
trainer-later = Позже
trainer-earlier = Ранее
trainer-session-held = Проведено
trainer-ready-title = Подготовка к работе без связи
trainer-ready-lead = Сделайте это, пока есть связь. Тогда дни без неё не помеха.
trainer-ready-button = Подготовить планшет
trainer-ready-all = Планшет готов
trainer-ready-missing = { $count ->
    [one] На планшете не хватает: { NUMBER($count) } пункт
    [few] На планшете не хватает: { NUMBER($count) } пункта
   *[many] На планшете не хватает: { NUMBER($count) } пунктов
}
trainer-ready-roster = Списки людей
trainer-ready-roster-detail = { $count ->
    [one] { NUMBER($count) } человек на ваших занятиях
    [few] { NUMBER($count) } человека на ваших занятиях
   *[many] { NUMBER($count) } человек на ваших занятиях
}
trainer-ready-app = Само приложение
trainer-ready-app-detail = Открывается без связи
trainer-ready-storage = Память закреплена
trainer-ready-storage-detail = Браузер её не очистит
trainer-ready-storage-refused = Браузер отказал. Установите приложение (меню браузера, затем «Установить» или «На главный экран»), откройте его оттуда и нажмите кнопку снова.
trainer-ready-storage-ask = Ещё не запрошено: нажмите кнопку внизу
trainer-ready-installed = Установлено на главном экране
trainer-ready-installed-hint = Меню браузера, затем «Установить» или «На главный экран».
trainer-ready-clock = Дата на устройстве
trainer-ready-clock-wrong = На устройстве { $day }. Ваши записи целы, но исправьте дату перед отъездом.
trainer-ready-sheets = Листы напечатаны
trainer-ready-sheets-hint = Бумага не разряжается.
trainer-taken = Взято на этот планшет до { $day }
trainer-empty = У вас ещё нет занятий. Они появятся, когда опубликуют план с вашим именем.
trainer-ready-checklist = Что есть на этом планшете
