CREATE TABLE django_migrations (id integer PRIMARY KEY AUTOINCREMENT, app varchar(255), name varchar(255), applied datetime);
INSERT INTO django_migrations (app, name, applied) VALUES ('contenttypes', '0001_initial', '2023-01-01 09:00:00.123456');
CREATE TABLE django_session (session_key varchar(40) PRIMARY KEY, session_data text, expire_date datetime);

CREATE TABLE auth_group (id integer PRIMARY KEY AUTOINCREMENT, name varchar(150) NOT NULL UNIQUE);
CREATE TABLE auth_user (id integer PRIMARY KEY AUTOINCREMENT, password varchar(128) NOT NULL, last_login datetime NULL,
    is_superuser bool NOT NULL, username varchar(150) NOT NULL UNIQUE, last_name varchar(150) NOT NULL,
    email varchar(254) NOT NULL, is_staff bool NOT NULL, is_active bool NOT NULL, date_joined datetime NOT NULL,
    first_name varchar(150) NOT NULL);
CREATE TABLE auth_user_groups (id integer PRIMARY KEY AUTOINCREMENT, user_id integer NOT NULL REFERENCES auth_user (id),
    group_id integer NOT NULL REFERENCES auth_group (id));
INSERT INTO auth_group VALUES (1, 'Support'), (2, 'Night supervisors');
INSERT INTO auth_user (id, username, password, is_superuser, is_staff, is_active, first_name, last_name, email, date_joined, last_login) VALUES
    (1, 'admin', 'pbkdf2_sha256$1000$saltE$h2kHJi1fmF86J1AJH9dIz0boFRYDEFNV/v58hDfBFtE=', 1, 1, 1, 'Alex', 'Admin', 'admin@gas.example', '2024-01-01 00:00:00', NULL),
    (2, 'support1', '!never', 0, 1, 1, 'Sam', 'Support', 'sam@gas.example', '2024-01-01 00:00:00', '2024-03-01 08:00:00.999999'),
    (3, 'support2', '!never', 0, 1, 1, 'Robin', 'Support', 'robin@gas.example', '2024-01-01 00:00:00', NULL),
    (4, 'customer0001', 'pbkdf2_sha256$1000$saltA$4sZ5a6UBUOF26NI70Vuh1PMfSSzgOP7+yqEPApRHUtA=', 0, 0, 1, 'Barbara', 'Garcia', 'barbara@example.com', '2023-07-20 23:27:49.327161', NULL),
    (5, 'Customer0001', 'pbkdf2_sha256$1200$saltB$Oa02UVWa3RnSZ9+/LGqWrhak/KvwME7arY0PmSimACY=', 0, 0, 1, '', '', '', '2019-02-28 23:59:59', NULL),
    (6, 'old.sha1', 'pbkdf2_sha1$900$saltC$Rqldt6oVU35RwECy0pfJ5G0mPgQ=', 0, 0, 1, '', '', 'not an address', '2019-02-28 23:59:59', NULL),
    (7, 'zoë@müller.example', 'pbkdf2_sha256$1000$saltD$gF87FWhhgVqZ2ycPEcWrRwPcfcAWgjepUlmy065gVrw=', 0, 0, 1, 'Zoë', 'Müller-Østergård', 'zoë@müller.example', '2019-02-28 23:59:59', NULL),
    (8, 'inactive', 'pbkdf2_sha256$1000$saltA$4sZ5a6UBUOF26NI70Vuh1PMfSSzgOP7+yqEPApRHUtA=', 0, 0, 0, '', '', '', '2019-02-28 23:59:59', NULL),
    (9, 'no.password', '!ApXBLu5uVoF13Yj68zvBBDSwwl2Kx0slMjUr2zFp', 0, 0, 1, '', '', '', '2019-02-28 23:59:59', NULL),
    (12, 'other hash', 'bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuv', 0, 0, 1, '', '', '', '2019-02-28 23:59:59', NULL);
INSERT INTO auth_user_groups (user_id, group_id) VALUES (2, 1), (3, 2);

CREATE TABLE service_account (id integer PRIMARY KEY AUTOINCREMENT, account_number varchar(20) NOT NULL UNIQUE,
    address varchar(255) NOT NULL, phone_number varchar(20) NOT NULL, user_id integer NOT NULL UNIQUE REFERENCES auth_user (id));
INSERT INTO service_account (id, account_number, address, phone_number, user_id) VALUES
    (1, 'GU-36142079', '5626 Mill Dr, Des Moines, IA 50334', '+1 312-555-4152', 4),
    (2, 'GU-OLD-48', '5479 Willow Dr, Lansing, MI 48968', '(555) 010-0000', 7),
    (3, 'GU OLD/5', '', 'none', 5);

CREATE TABLE service_servicerequest (id integer PRIMARY KEY AUTOINCREMENT, request_type varchar(50) NOT NULL, description text NOT NULL,
    attachment varchar(100) NOT NULL, status varchar(20) NOT NULL, submitted_at datetime NOT NULL, resolved_at datetime NULL,
    priority integer NOT NULL DEFAULT 0, user_id integer NOT NULL REFERENCES auth_user (id));
INSERT INTO service_servicerequest (id, request_type, description, attachment, status, submitted_at, resolved_at, user_id) VALUES
    (1, 'Gas Leak', 'I can hear a hissing sound.', 'attachments/2024/01/photo.png', 'Resolved', '2024-01-02 23:38:05.391539', '2024-01-11 05:46:30.391539', 4),
    (2, 'gas_leak', 'Größe 10 m³, 5 °C – naïve 漢字 🔥🚒', 'attachments/2024/01/14-notes.txt', 'Pending', '2024-02-29 12:00:00', NULL, 7),
    (3, 'Billing', 'First line' || char(13, 10) || 'Second line' || char(9) || 'tab', 'attachments/2024/01/7-gone.png', 'pending', '2024-03-01 12:00:00.000001', NULL, 4),
    (4, 'Meter Reading', replace(hex(zeroblob(3000)), '0', 'x'), '', 'Pending', '2024-03-02 12:00:00', NULL, 4),
    (5, 'pipe_freeze', '', '', 'Resolved', '2024-03-03 12:00:00', NULL, 5),
    (6, '', 'bell' || char(7), '', 'Pending', '2024-03-04 12:00:00', '2024-03-04 13:00:00', 5),
    (7, 'Other', CAST(x'62726f6b656e20ff2e' AS TEXT), '../secret.txt', 'Waiting', '2024-03-05 12:00:00', NULL, 6),
    (8, 'Other', ' leading and trailing spaces ', 'attachments/2024/01/link.txt', 'Pending', '2024-03-06 12:00:00', NULL, 9),
    (11, 'Maintenance', 'The customer is gone.', '/etc/hostname', 'Closed', '2024-03-07 12:00:00', '2024-03-08 12:00:00', 77);

CREATE TABLE service_comment (id integer PRIMARY KEY AUTOINCREMENT, text text NOT NULL, created_at datetime NOT NULL,
    service_request_id bigint NOT NULL REFERENCES service_servicerequest (id), user_id integer NOT NULL REFERENCES auth_user (id));
INSERT INTO service_comment (id, text, created_at, service_request_id, user_id) VALUES
    (1, 'I have turned off the valve.', '2024-01-03 08:43:13.471252', 1, 4),
    (2, 'The leak is closed.', '2024-01-11 05:46:00', 1, 2),
    (3, 'Thank you.', '2024-01-12 09:00:00', 1, 4),
    (4, 'Answer to: Größe' || char(10) || '<b>bold</b>', '2024-02-29 12:30:00', 2, 3),
    (6, 'Nobody reads this.', '2024-02-29 12:30:00', 99, 3);

CREATE TABLE service_notification (id integer PRIMARY KEY AUTOINCREMENT, message varchar(255) NOT NULL, is_read bool NOT NULL,
    created_at datetime NOT NULL, service_request_id bigint NOT NULL REFERENCES service_servicerequest (id),
    user_id integer NOT NULL REFERENCES auth_user (id));
INSERT INTO service_notification (id, message, is_read, created_at, service_request_id, user_id) VALUES
    (1, 'Your Gas Leak request #1 changed from Pending to Resolved.', 0, '2024-01-11 05:46:30.391539', 1, 4),
    (2, 'Your Other request #5 changed from Pending to Resolved.', 1, '2024-03-03 12:00:00', 5, 5),
    (4, 'For nobody.', 0, '2024-03-03 12:00:00', 5, 77);
