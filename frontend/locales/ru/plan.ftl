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
