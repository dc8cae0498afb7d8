## Слова для любого экрана.

common-product = Cascade
common-skip = Перейти к содержанию
common-language = Язык
common-menu = Меню
common-sections = Разделы
common-close = Закрыть
common-cancel = Отмена
common-save = Сохранить
common-undo = Отменить
common-done = Готово
common-back = Назад
common-next = Далее
common-open = Открыть
common-change = Изменить
common-remove = Убрать
common-add = Добавить
common-print = Печать
common-download = Скачать
common-download-csv = Скачать CSV
common-search = Поиск
common-search-people = Поиск по имени, номеру или участку
common-retry = Повторить
common-more = Ещё
common-details = Подробности
common-all = Все
common-none = Нет
common-optional = необязательно
common-required = обязательно
common-loading = Читаем…
common-copy = Копировать
common-copied = Скопировано
common-of = { NUMBER($part) } из { NUMBER($whole) }
common-people = { $count ->
    [one] { NUMBER($count) } человек
    [few] { NUMBER($count) } человека
   *[many] { NUMBER($count) } человек
}
common-sessions = { $count ->
    [one] { NUMBER($count) } занятие
    [few] { NUMBER($count) } занятия
   *[many] { NUMBER($count) } занятий
}
common-stations = { $count ->
    [one] { NUMBER($count) } участок
    [few] { NUMBER($count) } участка
   *[many] { NUMBER($count) } участков
}
common-days = { $count ->
    [one] { NUMBER($count) } день
    [few] { NUMBER($count) } дня
   *[many] { NUMBER($count) } дней
}
common-rows = { $count ->
    [one] { NUMBER($count) } строка
    [few] { NUMBER($count) } строки
   *[many] { NUMBER($count) } строк
}
common-minutes = { $count ->
    [one] { NUMBER($count) } минута
    [few] { NUMBER($count) } минуты
   *[many] { NUMBER($count) } минут
}
common-kilobytes = { $size } кБ
common-megabytes = { $size } МБ
common-gigabytes = { $size } ГБ
common-demo-day = Демо · сегодня { $day }
common-station = Участок
common-station-code = Участок { $code }
common-seat = Место
common-seat-number = Место { $number }
common-name = Имя
common-role = Должность
common-district = Район
common-region = Область
common-place = Место проведения
common-room = Помещение
common-day = День
common-date = Дата
common-time = Время
common-trainer = Тренер
common-trainers = Тренеры
common-reason = Причина
common-count = Количество
common-share = Доля
common-total = Всего
common-status = Состояние
common-action = Действие
common-not-known = Неизвестно
common-today = Сегодня
common-tomorrow = Завтра
common-note = К сведению
common-attention = Внимание
common-missing = Не хватает
common-good = Готово
common-waiting = Ожидает
common-now = Сейчас
common-person-menu = Учётные записи на устройстве
common-switch-account = Открыть как { $name }
common-add-account = Добавить учётную запись
common-leave = Выйти с этого устройства
common-sorted-up = Сначала меньшие
common-sorted-down = Сначала большие
common-sort-by = Сортировать: { $column }
common-keys = Клавиши
common-keys-search = Поиск на странице
common-keys-help = Показать клавиши
common-keys-go = Перейти: { $place }
common-keys-then = затем
common-keys-close = Закрыть открытое
common-table-scrolls = Таблица прокручивается вбок
common-external = откроется в новом окне
common-drop-file = Перетащите файл сюда
common-choose-file = Выбрать файл
common-file-chosen = { $name } · { $size }
common-page-missing-title = Такой страницы нет
common-page-missing = Возможно, адрес устарел или набран с ошибкой. Ничего не потеряно.
common-go-start = На главную
common-update-ready = Готова новая версия.
common-update-now = Перейти на неё
common-theme = Цвета
common-theme-system = Как на устройстве
common-theme-light = Светлые
common-theme-dark = Тёмные

# The screens of headquarters come as a file of their own.
common-office-loading = Загружаем экраны штаба…
common-whole-missing = Этого экрана на устройстве ещё нет; он приходит с «Подготовкой к работе без связи», пока связь есть. Ваши записи целы.
