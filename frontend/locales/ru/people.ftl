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
