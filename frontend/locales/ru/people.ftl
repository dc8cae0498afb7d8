people-title = Люди и доступ
people-access = Доступ
people-give-code = Выдать код
people-new-account = Новая учётная запись
people-account-name = Имя
people-account-role = Роль
people-account-scope = Территория
people-code-title = Карточка доступа: { $name }
people-code-once = Код действует один раз, до { $day }.
people-code-shown-once = Он показан только сейчас. Напечатайте карточку или запишите код.
people-devices = Устройства
people-device-seen = Был на связи { $when }
people-device-never = Ещё не подключено
people-device-holds = { $count ->
    [one] Хранит { NUMBER($count) } занятие
    [few] Хранит { NUMBER($count) } занятия
   *[many] Хранит { NUMBER($count) } занятий
}
people-revoke = Отозвать
people-revoked = Доступ прекращён { $when }
people-revoke-explained = Устройство ещё может сдать то, что на нём ждёт отправки; затем оно всё забудет.
people-empty = Ниже вас доступа ещё ни у кого нет. Выдайте первый код.
people-replaced = Замена: { $name }
people-vacant = Вакантно
people-expected = Ожидается
people-certified = С сертификатом
people-row-added = Добавлен на месте
people-lead = Кто, что и где может делать. Код подключает одно устройство к одному доступу.
people-role-hq = Центр
people-role-approver = Утверждающий
people-role-coordinator = Координатор
people-role-trainer = Тренер
people-role-monitor = Наблюдатель
people-role-trainee = Слушатель
people-role-auditor = Аудитор
people-role-hq-hint = Загружает, планирует, публикует; везде.
people-role-approver-hint = Утверждает планы, но не ваши: никто не утверждает за того, кто дал ему доступ.
people-role-coordinator-hint = Ведёт одно место.
people-trainers-hint = Тренеры получают коды у координатора своего места.
people-scope-all = Вся программа
people-make-code = Создать код
people-made = Код: { $name }
people-card-lead = Cascade: ваш доступ к программе обучения
people-card-how = Откройте { $address } на своём устройстве и отсканируйте код или введите его.
people-card-qr = QR-код, который открывает Cascade с этим кодом
people-put-away = Код передан; убрать
people-grant-ended = прекращён
people-devices-count = { $count ->
    [0] Устройств пока нет
    [one] { NUMBER($count) } устройство
    [few] { NUMBER($count) } устройства
   *[many] { NUMBER($count) } устройств
}
people-accounts = Доступы
people-trainers-title = Тренеры этого места
people-trainers-empty = Тренеры ещё не загружены.
people-refused-title = Код не создан
people-reading = Читаем доступы…
