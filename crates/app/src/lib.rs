//! One file per thing a person may do: inside one agency (`app/<noun>/`), or with the own account (`app/account/`).
