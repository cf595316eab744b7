#include "mail/mail_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

mail::MailSettings settings_of(std::string_view url)
{
    mail::MailSettings settings;
    EXPECT_EQ(mail::read_mail_url(url, settings), "") << url;
    return settings;
}

std::string objection_to(std::string_view url)
{
    mail::MailSettings settings;
    return mail::read_mail_url(url, settings);
}

TEST(MailUrl, NamesTheServer)
{
    const auto plain = settings_of("smtp://Service%40gas@mail.example.com");
    EXPECT_EQ(plain.route, mail::Route::Smtp);
    EXPECT_EQ(plain.shown(), "smtp://mail.example.com:587");
    EXPECT_EQ(plain.user, "Service@gas");
    EXPECT_EQ(plain.tls, mail::Tls::Required);
    EXPECT_EQ(settings_of("smtps://mail.example.com/").shown(), "smtps://mail.example.com:465");
    EXPECT_EQ(settings_of("smtp://[::1]:25").shown(), "smtp://[::1]:25");
    EXPECT_EQ(settings_of("file:///var/mail").directory, "/var/mail");
    EXPECT_FALSE(settings_of("none").is_on());
}

TEST(MailUrl, GoesWithoutTlsOnThisMachineOnly)
{
    EXPECT_EQ(settings_of("smtp://localhost:25").tls, mail::Tls::Never);
    EXPECT_EQ(settings_of("smtp://127.0.0.1:25?starttls=required").tls, mail::Tls::Required);
    EXPECT_EQ(settings_of("smtp://localhost:25?starttls=never").tls, mail::Tls::Never);
    EXPECT_THAT(objection_to("smtp://mail.example.com?starttls=never"), HasSubstr("only for a server on this machine"));
}

TEST(MailUrl, RefusesOthersWithoutRepeatingThem)
{
    for (const char* url : {"", "mail.example.com", "http://mail.example.com", "smtp://", "smtp://mail.example.com:0",
             "smtp://mail.example.com:http", "smtp://mail.example.com?tls=1", "smtps://mail.example.com?starttls=never",
             "file://var/mail", "smtp://mail example.com"})
        EXPECT_THAT(objection_to(url), Not(IsEmpty())) << url;
    EXPECT_THAT(objection_to("smtp://user:hush@mail.example.com"),
        testing::AllOf(HasSubstr("must not hold a password"), Not(HasSubstr("hush"))));
}

TEST(MailUrl, KnowsTheHostOfTheSite)
{
    mail::MailSettings settings;
    settings.site_url = "https://gas.example:8443";
    EXPECT_EQ(settings.site_host(), "gas.example");
}

} // namespace
