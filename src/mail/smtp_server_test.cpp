// Against the mail servers of tests/mail/server.py, which tests/mail/run starts and names in GAS_TEST_SMTP. Without it
// these tests do not exist in the program.

#include "mail/mail_settings.hpp"
#include "mail/message.hpp"
#include "mail/sender.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

using mail::Outcome;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> servers()
{
    const char* told = std::getenv("GAS_TEST_SMTP");
    return told == nullptr ? std::vector<std::string>() : std::vector<std::string>{told};
}

/// Its parameter says where the servers are: "plain 2500 tls 2501 …".
class SmtpServer : public testing::TestWithParam<std::string>
{
  protected:
    SmtpServer()
    {
        std::istringstream words(GetParam());
        for (std::string name, value; words >> name >> value;)
            where_[name] = value;
    }

    mail::MailSettings settings(std::string_view server, const std::string& url)
    {
        mail::MailSettings made;
        EXPECT_EQ(mail::read_mail_url(fmt::format(fmt::runtime(url), where_.at(std::string(server))), made), "");
        made.site_url = "https://gas.example";
        made.ca_file = where_.at("ca");
        made.timeout = std::chrono::seconds(3);
        return made;
    }
    static mail::Delivery send(mail::Sender& sender, const std::string& to)
    {
        static int number = 0;
        const mail::Message message{.from_name = "Hearthway Gas",
            .from = "service@gas.example",
            .to = to,
            .subject = "Su solicitud está resuelta",
            .text = ".\nHello\n..\n",
            .html = "<p>Hello</p>",
            .message_id = fmt::format("<{}@gas.example>", ++number)};
        return sender.send({.from = message.from, .to = to, .id = "1"}, mail::wire_text(message), [] { return true; });
    }
    mail::Delivery send(const mail::MailSettings& with, const std::string& to)
    {
        return send(*mail::make_sender(with), to);
    }
    mail::Delivery send_plain(const std::string& to) { return send(settings("plain", "smtp://127.0.0.1:{}"), to); }

    std::map<std::string, std::string> where_;
};

TEST_P(SmtpServer, AcceptsAndSaysUnderWhichNumber)
{
    const auto delivery = send_plain("mei@example.com");

    EXPECT_EQ(delivery.outcome, Outcome::Accepted);
    EXPECT_THAT(delivery.answer, StartsWith("250 2.0.0 Ok: queued as "));
    EXPECT_EQ(delivery.server, "127.0.0.1:" + where_.at("plain"));
}

TEST_P(SmtpServer, TakesManyMailsOverOneConnection)
{
    const auto with = settings("plain", "smtp://127.0.0.1:{}");
    const auto sender = mail::make_sender(with);
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(send(*sender, "mei@example.com").outcome, Outcome::Accepted);
    EXPECT_EQ(send(*sender, "unknown@example.com").outcome, Outcome::Never);
    EXPECT_EQ(send(*sender, "mei@example.com").outcome, Outcome::Accepted) << "after a refusal too";
}

TEST_P(SmtpServer, SaysWhatIsRefusedForGoodAndWhatForNow)
{
    EXPECT_EQ(send_plain("unknown@example.com").outcome, Outcome::Never);
    EXPECT_EQ(send_plain("spam@example.com").outcome, Outcome::Never);
    EXPECT_EQ(send_plain("busy@example.com").outcome, Outcome::Later);
    EXPECT_EQ(send_plain("full@example.com").outcome, Outcome::Later);
    EXPECT_EQ(send_plain("closing@example.com").outcome, Outcome::Unreachable);
    EXPECT_EQ(send_plain("unknown@example.com").answer, "550 5.1.1 No such mailbox");
}

TEST_P(SmtpServer, ComesBackAfterGreylisting)
{
    EXPECT_EQ(send_plain("greylisted@example.com").outcome, Outcome::Later);
    EXPECT_EQ(send_plain("greylisted@example.com").outcome, Outcome::Accepted);
}

TEST_P(SmtpServer, WaitsForASlowOneButNotForever)
{
    EXPECT_EQ(send_plain("slow@example.com").outcome, Outcome::Accepted);

    const auto begun = std::chrono::steady_clock::now();
    const auto delivery = send_plain("hangs@example.com");
    EXPECT_EQ(delivery.outcome, Outcome::Unreachable);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(6));
}

TEST_P(SmtpServer, StopsWaitingWhenTheProgramEnds)
{
    const auto with = settings("plain", "smtp://127.0.0.1:{}");
    const auto begun = std::chrono::steady_clock::now();
    const auto delivery =
        mail::make_sender(with)->send({.from = "service@gas.example", .to = "hangs@example.com", .id = "1"}, "\r\n",
            [&] { return std::chrono::steady_clock::now() - begun < std::chrono::milliseconds(500); });

    EXPECT_EQ(delivery.outcome, Outcome::Unreachable);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(2500));
}

TEST_P(SmtpServer, CountsALostAnswerAsNone)
{
    EXPECT_EQ(send_plain("lost@example.com").outcome, Outcome::Unreachable);
}

TEST_P(SmtpServer, SignsInThroughTls)
{
    auto with = settings("signing-in", "smtp://service@localhost:{}?starttls=required");
    with.password = "hush hush";
    EXPECT_EQ(send(with, "mei@example.com").outcome, Outcome::Accepted);

    with.password = "wrong hush";
    const auto refused = send(with, "mei@example.com");
    EXPECT_EQ(refused.outcome, Outcome::Unreachable) << "the server's refusal of us, not of a mail";
    EXPECT_THAT(refused.answer, testing::AllOf(HasSubstr("535"), Not(HasSubstr("hush"))));
}

TEST_P(SmtpServer, SpeaksTlsFromTheFirstByte)
{
    EXPECT_EQ(send(settings("tls", "smtps://localhost:{}"), "mei@example.com").outcome, Outcome::Accepted);
}

TEST_P(SmtpServer, TrustsNoWrongCertificate)
{
    auto with = settings("tls", "smtps://localhost:{}");
    with.ca_file.clear();
    EXPECT_EQ(send(with, "mei@example.com").outcome, Outcome::Unreachable) << "of an unknown authority";
    EXPECT_EQ(send(settings("wrong-name", "smtp://localhost:{}?starttls=required"), "mei@example.com").outcome,
        Outcome::Unreachable)
        << "of another name";
}

TEST_P(SmtpServer, SendsNothingWithoutTlsWhereItIsRequired)
{
    EXPECT_EQ(send(settings("plain", "smtp://localhost:{}?starttls=required"), "mei@example.com").outcome,
        Outcome::Unreachable);
}

TEST_P(SmtpServer, NobodyListens)
{
    auto with = settings("plain", "smtp://127.0.0.1:{}");
    with.port = 1;
    const auto delivery = send(with, "mei@example.com");
    EXPECT_EQ(delivery.outcome, Outcome::Unreachable);
    EXPECT_THAT(delivery.answer, HasSubstr("connect"));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SmtpServer);
INSTANTIATE_TEST_SUITE_P(Loopback, SmtpServer, testing::ValuesIn(servers()), [](const auto&) { return "Aiosmtpd"; });

} // namespace
