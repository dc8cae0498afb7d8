hq-nav-overview = Обзор
hq-nav-programme = Программа
hq-nav-import = Импорт
hq-nav-plan = План
hq-nav-report = Отчёт
hq-nav-people = Доступ
hq-overview-title = Обзор
hq-programme-title = Программа
hq-programme-lead = Чему, кого, где и когда обучают.
hq-election-day = День выборов
hq-days-left = { $count ->
    [one] день остался
    [few] дня осталось
   *[many] дней осталось
}
hq-days-left-label = До дня выборов
hq-certified-label = Получили сертификат
hq-completed-label = Завершили обучение
hq-stations-ready-label = Участки готовы
hq-sessions-held-label = Проведено занятий
hq-of-needed = из { NUMBER($count) } нужных
hq-of-all = из { NUMBER($count) }
hq-of-planned = из { NUMBER($count) } по плану
hq-road-title = До первого занятия
hq-road-lead = Каждый шаг открывается, как только начат предыдущий. Идеального списка ждать не нужно.
hq-road-stations = Участки
hq-road-people = Люди
hq-road-rooms = Помещения
hq-road-trainers = Тренеры
hq-road-plan = План
hq-road-approval = Утверждение
hq-road-publication = Публикация
hq-road-delivered = Районы: { NUMBER($done) } из { NUMBER($all) }
hq-road-late = { $count ->
    [one] { NUMBER($count) } район опаздывает
    [few] { NUMBER($count) } района опаздывают
   *[many] { NUMBER($count) } районов опаздывают
}
hq-step-done = Готово
hq-step-started = Начато
hq-step-todo = Предстоит
hq-step-blocked = Ждёт предыдущего шага
hq-map-title = Охват по местам
hq-map-scale = Доля завершивших обучение
hq-map-least = никто
hq-map-most = все
hq-map-stale = Данные старше суток
hq-map-table = Карта в виде таблицы
hq-map-place = { $place }: { $share }
hq-funnel-title = От места в комиссии до сертификата
hq-count-planned = По плану
hq-count-planned-detail = места в комиссиях
hq-count-invited = Приглашены
hq-count-invited-detail = в опубликованном списке
hq-count-present = Присутствовали
hq-count-present-detail = хотя бы один день
hq-count-completed = Завершили
hq-count-completed-detail = условие этапа выполнено
hq-count-passed = Сдали
hq-count-passed-detail = и проверку знаний
hq-count-certified = С сертификатом
hq-count-certified-detail = действующим, текущей версии
hq-count-disputed = Расхождения
hq-count-disputed-detail = наблюдения разнятся; не считаются ни там, ни там
hq-timeline-title = Занятия по дням
hq-timeline-held = Проведено
hq-timeline-planned = По плану
hq-timeline-lost = Не состоялось
hq-timeline-day = { $day }: проведено { NUMBER($held) } из { NUMBER($planned) }
hq-worst-title = Где помощь нужна прежде всего
hq-worst-empty = Отстающих мест нет.
hq-units = Территория
hq-regions = Области
hq-districts = Районы
hq-stages = Этапы
hq-stage-window = Проводится { $days }
hq-stage-audience = Кого обучают
hq-stage-norm = Группа
hq-stage-norm-detail = { NUMBER($norm) } чел., не больше { NUMBER($max) }
hq-stage-trainers = { $count ->
    [one] { NUMBER($count) } тренер на занятии
    [few] { NUMBER($count) } тренера на занятии
   *[many] { NUMBER($count) } тренеров на занятии
}
hq-stage-taught-by = Проводят завершившие этап «{ $stage }»
hq-modules = Темы
hq-calendar = Календарь
hq-calendar-holiday = Праздник
hq-calendar-rest = Выходной
hq-published = Опубликованные цифры
hq-published-value = В публикации
hq-published-exact = точно
hq-published-about = около
hq-assumptions = Чего нет в источниках
hq-assumed = Принято
hq-sources = Источники
hq-as-of = На { $when }
hq-empty = Программа ещё не загружена. Загрузите её, чтобы начать.
hq-load-programme = Загрузить программу
hq-overview-lead = Где сейчас обучение, по уровням.
hq-read-again = Прочитать снова
hq-reading = Читаем данные…
hq-read-at = Данные на { $time }
hq-silent = Нет ответа: { $places }. Во всех суммах этого не хватает.
hq-failed-title = Данные прочитать не удалось
hq-waiting-title = Ещё не отправлено
hq-waiting = { $count ->
    [one] { NUMBER($count) } решение сохранено на этом устройстве и уйдёт само, когда появится связь.
    [few] { NUMBER($count) } решения сохранены на этом устройстве и уйдут сами, когда появится связь.
   *[many] { NUMBER($count) } решений сохранены на этом устройстве и уйдут сами, когда появится связь.
}
hq-not-stored = Устройство не смогло сохранить решение, поэтому оно не отправлено. Освободите место и повторите.
hq-invited-label = Приглашено человек
hq-none-left = День голосования прошёл
hq-road-late-places = { $count ->
    [one] не хватает { NUMBER($count) } места
    [few] не хватает { NUMBER($count) } мест
   *[many] не хватает { NUMBER($count) } мест
}
hq-road-places = { NUMBER($done) } из { $all ->
    [one] { NUMBER($all) } места
    [few] { NUMBER($all) } мест
   *[many] { NUMBER($all) } мест
}
hq-trouble-not-invited = { $count ->
    [one] { NUMBER($count) } человек не включён ни в один опубликованный список
    [few] { NUMBER($count) } человека не включены ни в один опубликованный список
   *[many] { NUMBER($count) } человек не включены ни в один опубликованный список
}
hq-trouble-not-completed = { $count ->
    [one] Все занятия проведены, не завершил { NUMBER($count) } человек
    [few] Все занятия проведены, не завершили { NUMBER($count) } человека
   *[many] Все занятия проведены, не завершили { NUMBER($count) } человек
}
hq-trouble-disputed = { $count ->
    [one] Наблюдатели расходятся: { NUMBER($count) } человек
    [few] Наблюдатели расходятся: { NUMBER($count) } человека
   *[many] Наблюдатели расходятся: { NUMBER($count) } человек
}
hq-act-plan = Запланировать
hq-act-sessions = Посмотреть занятия
hq-act-settle = Посмотреть занятия; решает координатор
hq-shipped-title = Программы в составе Cascade
hq-shipped-kyrgyzstan-2021 = Кыргызстан 2021: местные кеңеши, 31 150 членов УИК, девять мест
hq-open-pack = Посмотреть
hq-pack-file = Или перетащите сюда файл программы
hq-pack-file-hint = Файл programme.json, не больше 1,5 МБ. Сначала он проверяется, потом загружается.
hq-pack-checked = Проверено: ошибок нет
hq-pack-load = Загрузить эту программу
hq-pack-drop = Убрать
hq-pack-replace = Действующая программа будет заменена; всё записанное останется.
hq-pack-problems = { $count ->
    [one] В файле { NUMBER($count) } ошибка; ничего не загружено
    [few] В файле { NUMBER($count) } ошибки; ничего не загружено
   *[many] В файле { NUMBER($count) } ошибок; ничего не загружено
}
hq-pack-path = Место в файле
hq-pack-fault = Что не так
hq-pack-whole = весь файл
hq-pack-not-read = Файл прочитать не удалось.
hq-targets = Ожидается
hq-window = Период
hq-languages = Языки
hq-country = Страна
hq-taught-days = { $count ->
    [one] { NUMBER($count) } учебный день
    [few] { NUMBER($count) } учебных дня
   *[many] { NUMBER($count) } учебных дней
}
hq-topics-minutes = Тем: { NUMBER($count) }, минут: { NUMBER($minutes) }
hq-measure = Что считается
hq-measure-persons = люди
hq-measure-sessions = занятия
hq-measure-days = дни
hq-measure-trainers = тренеры
hq-measure-stations = участки
hq-measure-sites = места
hq-measure-topics = темы
hq-whole-programme = Вся программа
hq-source = Источник

## Ошибки файла программы, по их коду.
hq-fault-file-too-large = файл больше { $max-bytes } байт
hq-fault-unreadable = строка { $line }, столбец { $column }: { $reason }
hq-fault-format = это формат { $found }; эта версия Cascade читает { $readable }
hq-fault-too-many = записей { $found }; можно не больше { $max }
hq-fault-empty = нужна хотя бы одна запись
hq-fault-no-english = нет английского текста (en)
hq-fault-blank-text = текст на языке { $tag } пуст
hq-fault-long-text = текст на языке { $tag } длиннее { $max } знаков
hq-fault-bad-tag = { $tag } — не обозначение языка, как en или az-Cyrl
hq-fault-blank = здесь не должно быть пусто
hq-fault-long = длиннее { $max } знаков
hq-fault-repeated = { $value } указано дважды
hq-fault-bad-name = в { $name } могут быть только a-z, 0-9 и дефисы между ними
hq-fault-bad-country = { $country } — не код страны из двух заглавных букв
hq-fault-out-of-range = { $value } вне пределов от { $min } до { $max }
hq-fault-duplicate-code = код { $code } использован дважды
hq-fault-no-nation = нет территории уровня nation
hq-fault-second-nation = вторая страна; страна уже есть: { $first }
hq-fault-nation-inside = страна не может лежать внутри { $parent }
hq-fault-no-parent = { $unit } — не страна, поэтому нужна вышестоящая территория
hq-fault-unknown-parent = нет территории с кодом { $parent }
hq-fault-parent-after-child = { $parent } должна стоять раньше своих частей
hq-fault-unit-cycle = { $unit } лежит внутри самой себя
hq-fault-parent-below = уровень { $parent } не выше
hq-fault-ambiguous-name = { $name } может значить и { $other }, соседнюю территорию
hq-fault-no-shard = { $unit } не относится ни к одному хранилищу (shard): задайте его здесь или выше
hq-fault-duplicate-shard = хранилище { $shard } уже принадлежит { $other }
hq-fault-unknown-role = нет роли с кодом { $role }
hq-fault-unknown-stage = нет уровня с кодом { $stage }
hq-fault-unknown-source = источник { $source-index } из { $sources } (первый — 0)
hq-fault-window-reversed = период кончается { $last }, раньше начала { $first }
hq-fault-window-too-long = в периоде { $days } дн.; можно не больше { $max }
hq-fault-window-too-short = занятие длится { $days } дн., учебных дней в периоде { $taught }
hq-fault-after-election = период кончается { $last }, не раньше дня голосования { $election }
hq-fault-norm-over-max = норма { $norm } больше предела { $max }
hq-fault-slot-count = занятий в день { $slots }, а времён начала { $starts }
hq-fault-slot-overlap = занятие с минуты { $start-min } начинается до конца предыдущего, минуты { $free-min }
hq-fault-first-stage-taught = { $stage } — первый уровень: его никто не обучает
hq-fault-stage-cycle = { $stage } обучают его же выпускники
hq-fault-taught-by-later = { $stage } обучает этот уровень, поэтому должен стоять выше
hq-fault-taught-too-early = уровень кончается раньше, чем { $first } начинается обучающий его { $stage }
hq-fault-modules-too-long = темы уровня { $stage } занимают { $minutes } мин.; в занятии { $available }
hq-fault-holiday-worked = { $day } — и праздник, и рабочий день
hq-fault-no-taught-weekday = выходные все семь дней недели
