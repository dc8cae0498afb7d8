import-title = Импорт
import-lead = Загружайте участки, помещения, тренеров и людей файлами CSV: по одному, районы в любом порядке.
import-target = Что в файле
import-target-stations = Участки
import-target-rooms = Помещения
import-target-trainers = Тренеры
import-target-people = Люди
import-drop = Перетащите файл CSV сюда или выберите его
import-drop-hint = UTF-8; запятая, точка с запятой или табуляция. До подтверждения ничего не записывается.
import-reading = Читаем { $name }
import-read-as = Прочитано как { $encoding }, разделитель: { $separator }
import-separator = Разделитель
import-separator-comma = запятая
import-separator-semicolon = точка с запятой
import-separator-tab = табуляция
import-encoding = Кодировка
import-header-row = В первой строке названия столбцов
import-preview = Первые строки, как они прочитаны
import-mapping = Столбцы
import-mapping-hint = Укажите, в каком столбце что находится. Остальные столбцы не читаются.
import-field = Поле
import-column = Столбец
import-column-none = нет в файле
import-column-number = Столбец { NUMBER($number) }
import-fixed-role = Должность всех в файле
import-role-from-column = Из столбца
import-field-unit = Территория
import-field-station = Номер участка
import-field-station-name = Название участка
import-field-region = Область
import-field-district = Район
import-field-place = Место или адрес
import-field-name = Имя
import-field-name-other = Имя другой графикой
import-field-surname = Фамилия
import-field-given = Имя (без фамилии)
import-field-patronymic = Отчество
import-field-role = Должность
import-field-seat = Место в комиссии
import-field-phone = Телефон
import-field-document = Номер документа
import-field-room = Помещение
import-field-capacity = Вместимость
import-field-lat = Широта
import-field-lon = Долгота
import-field-stages = Этапы
import-field-key = Номер в исходном списке
import-check = Проверить файл
import-dry-run = Что произойдёт
import-will-add = Будет добавлено
import-will-change = Будет изменено
import-will-leave = Останется как есть
import-problems-title = { $count ->
    [0] Ошибок не найдено
    [one] Ошибка в { NUMBER($count) } строке
    [few] Ошибки в { NUMBER($count) } строках
   *[many] Ошибки в { NUMBER($count) } строках
}
import-problems-detail = Эти строки пропущены, остальные можно загрузить сейчас. Скачайте их, исправьте и загрузите снова.
import-problems-download = Скачать строки с ошибками
import-problem-at = Строка { NUMBER($line) }, { $column }
import-line = Строка
import-problem-unknown-unit = Территории «{ $value }» нет
import-problem-several-units = «{ $value }» подходит к нескольким территориям
import-problem-unknown-station = Участка с номером «{ $value }» нет
import-problem-unknown-role = Должности «{ $value }» нет
import-problem-ragged = Полей { NUMBER($found) }, ожидалось { NUMBER($expected) }
import-problem-empty = Здесь ничего не написано
import-problem-no-number = «{ $value }» не число
import-problem-out-of-range = «{ $value }» вне допустимых границ
import-problem-twice = То же, что в строке { NUMBER($line) }
import-problem-no-seat = На участке нет свободного места для этой должности
import-problem-too-long = Длиннее { NUMBER($limit) } знаков
import-problem-quote = Кавычка открыта и не закрыта
import-refused-encoding = Кодировка файла: { $encoding }. Сохраните его в UTF-8 и выберите снова; в табличном редакторе: «CSV UTF-8».
import-refused-binary = Это не текстовый файл. Сохраните таблицу как CSV (UTF-8) и выберите её снова.
import-refused-empty = В файле нет строк.
import-refused-large = Файл больше { $limit }. Разделите его по областям.
import-go = { $count ->
    [one] Загрузить { NUMBER($count) } строку
    [few] Загрузить { NUMBER($count) } строки
   *[many] Загрузить { NUMBER($count) } строк
}
import-working = Загружаем
import-rows-per-second = { NUMBER($rate) } строк в секунду
import-time-left = осталось около { $time }
import-cancelled = Остановлено. Загруженное сохранено; чтобы продолжить, выберите тот же файл снова.
import-done = Загружено: добавлено { NUMBER($added) }, изменено { NUMBER($changed) }, без изменений { NUMBER($same) }.
import-board-title = Кто прислал списки
import-board-late = Опаздывают
import-template = Скачать образец
import-earlier = Прежние загрузки
import-empty = Ещё ничего не загружено. Начните с участков.
