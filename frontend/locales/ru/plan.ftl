plan-title = План
plan-lead = Группы по норме, комиссии вместе, никто не в двух местах сразу.
plan-stage = Этап
plan-place = Место
plan-make = Составить план
plan-make-all = Составить план для всех мест
plan-working = Планируем: { $place }
plan-draft = Черновик
plan-submitted = Ждёт утверждения
plan-approved = Утверждён
plan-published = Опубликован
plan-withdrawn = Отозван
plan-none = Без плана
plan-submit = Отправить на утверждение
plan-approve = Утвердить
plan-publish = Опубликовать
plan-withdraw = Отозвать
plan-approve-other = План утверждает не тот, кто его составил.
plan-approved-by = Утвердил(а) { $name }, { $when }
plan-published-by = Опубликовал(а) { $name }, { $when }
plan-made-by = Составил(а) { $name }, { $when }
plan-to-plan = Предстоит распределить
plan-placed = Место есть у { NUMBER($placed) } из { NUMBER($all) } человек
plan-unplaced-title = { $count ->
    [0] Место есть у каждого
    [one] Без места { NUMBER($count) } человек
    [few] Без места { NUMBER($count) } человека
   *[many] Без места { NUMBER($count) } человек
}
plan-in-the-way = Что мешает
plan-reason-no-room = Здесь нет помещения
plan-reason-room-small = { $place }: людей { NUMBER($people) }, мест { NUMBER($capacity) }. Добавьте помещение или дни.
plan-reason-no-trainer = Нет свободного тренера
plan-reason-no-day = В отведённом сроке нет учебных дней
plan-reason-too-large = Комиссия больше, чем допустимая группа
plan-reason-not-imported = Люди или участки ещё не загружены
plan-trainer-expected = Ожидается: записан на предыдущий этап, ещё не завершил
plan-trainer-not-completed = { $name }: предыдущий этап не завершён. Выберите другого тренера или дождитесь результата.
plan-sessions = Занятия
plan-session-people = { NUMBER($people) } из { NUMBER($norm) }
plan-group-norm = Норма
plan-score = Оценка
plan-split-stations = { $count ->
    [one] разделена { NUMBER($count) } комиссия
    [few] разделены { NUMBER($count) } комиссии
   *[many] разделено { NUMBER($count) } комиссий
}
plan-empty = Для этого этапа плана ещё нет. Составьте первый.
plan-changed-since = После составления плана загружены новые люди. Составьте план снова, чтобы включить их.
plan-warning-late = Занятие опубликовано, хотя тренер без сертификата. Оно не закрыто, а отмечено.
plan-not-invited = Не в списках
plan-column-state = План
plan-column-sessions = Занятия
plan-column-placed = С местом
plan-column-unplaced = Без места
plan-make-rest = { $count ->
    [one] Запланировать { NUMBER($count) } место
    [few] Запланировать { NUMBER($count) } места
   *[many] Запланировать { NUMBER($count) } мест
}
plan-again = Заново
plan-run-title = Планируем место за местом
plan-run-detail = { NUMBER($done) } из { NUMBER($all) } мест · { $place }
plan-step-reading = Читаем список
plan-step-working = Составляем группы
plan-step-sending = Передаём
plan-step-nobody = Планировать некого
plan-step-taken = Передан как черновик
plan-not-made = Плана нет: { $why }
plan-fault-faulty = список противоречит сам себе
plan-fault-other = планировщик не смог его прочитать
plan-approve-all = { $count ->
    [one] Утвердить { NUMBER($count) } черновик
    [few] Утвердить { NUMBER($count) } черновика
   *[many] Утвердить { NUMBER($count) } черновиков
}
plan-publish-all = { $count ->
    [one] Опубликовать { NUMBER($count) } план
    [few] Опубликовать { NUMBER($count) } плана
   *[many] Опубликовать { NUMBER($count) } планов
}
plan-note = Примечание к утверждению
plan-note-hint = Хранится вместе с планом.
plan-note-shown = Примечание: { $note }
plan-own = План составили вы; утверждает другой человек.
plan-waits-approver = Ждёт утверждения.
plan-who = Центр планирует и публикует; утверждает второй человек.
plan-expected-trainers = { $count ->
    [one] На { NUMBER($count) } занятии тренер ещё должен завершить верхний уровень.
    [few] На { NUMBER($count) } занятиях тренер ещё должен завершить верхний уровень.
   *[many] На { NUMBER($count) } занятиях тренер ещё должен завершить верхний уровень.
}
plan-score-line = Занятий: { NUMBER($sessions) }, нужно не меньше { NUMBER($least) }; разделено участков: { NUMBER($split) }; в среднем { $km } км на человека
plan-why-window-too-short = занятие длится { NUMBER($needed) } дн., в периоде { NUMBER($given) }
plan-why-no-room-in-unit = нет открытого зала
plan-why-rooms-too-small = все залы малы; в самом большом { NUMBER($largest) } мест
plan-why-no-trainer = нужно тренеров: { NUMBER($needed) }, есть: { NUMBER($given) }
plan-why-person-busy = занят во все дни периода
plan-why-no-room-free-in-window = в периоде нет свободного зала: добавьте зал или дни
plan-why-no-trainer-free-in-window = в периоде нет свободного тренера
plan-why-no-time-in-common = зал и тренер не бывают свободны одновременно
plan-unplaced-line = { $place }: { $people } — { $why }
plan-refused = Отказано: { $why }
plan-rule-group-too-large = группа { NUMBER($group) } пуста или слишком велика
plan-rule-room-too-small = зал группы { NUMBER($group) } слишком мал
plan-rule-room-closed = зал группы { NUMBER($group) } закрыт
plan-rule-twice-at-once = в группе { NUMBER($group) } кто-то в двух местах сразу
plan-rule-person-twice = в группе { NUMBER($group) } у человека два занятия
plan-rule-not-in-stage = в группе { NUMBER($group) } есть человек не этого уровня
plan-rule-too-few-trainers = в группе { NUMBER($group) } мало тренеров
plan-rule-not-a-trainer = в группе { NUMBER($group) } кто-то не может вести этот уровень
plan-rule-lent-away = в группе { NUMBER($group) } кто-то в эти дни отдан другому месту или сюда не отдан
plan-rule-days = дни группы { NUMBER($group) } не идут подряд
plan-rule-other = группа { NUMBER($group) } нарушает правило планирования
plan-refused-invited = { $count ->
    [one] у { NUMBER($count) } человека уже есть опубликованное занятие
    [few] у { NUMBER($count) } человек уже есть опубликованное занятие
   *[many] у { NUMBER($count) } человек уже есть опубликованное занятие
}
plan-refused-trainers = { $count ->
    [one] { NUMBER($count) } тренер не завершил верхний уровень
    [few] { NUMBER($count) } тренера не завершили верхний уровень
   *[many] { NUMBER($count) } тренеров не завершили верхний уровень
}
plan-refused-own = автор не может утверждать
plan-refused-made = один из двоих создал доступ другого; утверждать должен третий
plan-refused-device = на этом устройстве был доступ автора; утвердите на другом
plan-refused-stale = план тем временем изменили; посмотрите снова
plan-refused-state = план не в том состоянии
plan-refused-unknown = там не известно: { $what }
plan-refused-permission = ваш доступ этого не позволяет
plan-refused-full = в месте стало бы больше { NUMBER($limit) } человек
plan-refused-too-large = слишком велико для отправки
plan-refused-elsewhere = человек теперь относится к другому месту
plan-refused-committed = человек нужен на предстоящем занятии
plan-refused-on-loan = тренер в эти дни отдан другому месту
plan-refused-other = место не приняло (код { $code })
plan-refused-held = отложено, пока не посмотрит человек
plan-see-sessions = Занятия: { $place }
plan-number = №
plan-days = Дни
plan-flag-room-closed = Зал закрыт
plan-flag-trainer-expected = Тренер ожидается
plan-flag-trainer-not-ready = Тренер не готов
plan-flag-marks-missing = Нет отметок
plan-same-device-why = Почему на этом устройстве
plan-same-device-hint = Это записывается вместе с утверждением.
plan-same-device-approve = Всё равно утвердить на этом устройстве
