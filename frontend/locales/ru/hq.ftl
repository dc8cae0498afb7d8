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
