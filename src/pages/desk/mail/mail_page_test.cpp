#include "actions/mail/send_mail.hpp"
#include "actions/mail/send_mail_again.hpp"
#include "base/error.hpp"
#include "outbox/list.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pages::desk {
namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MailPages : public testing::Test
{
  protected:
    MailPages()
    {
        ada.sign_in_as(site.cast.ada);
        ravi.sign_in_as(site.cast.ravi);
        site.database->write([&](db::Transaction& tx) { actions::switch_mail(tx, true, site.clock.now()); });
        site.submit(site.cast.mei, "No heat");
    }
    /// What came of the oldest mail that is due.
    void end_one(actions::MailResult result, const std::string& answer)
    {
        site.database->write([&](db::Transaction& tx) {
            const auto mails = actions::claim_mail(tx, 1, site.clock.now());
            actions::note_mail(tx, mails.at(0),
                {.result = result, .answer = {.server = "mail.example:587", .text = answer}}, site.clock.now());
        });
    }

    support::TestSite site;
    Client ada{site};
    Client ravi{site};
};

TEST_F(MailPages, RaviSeesOnTheRequestWhatMeiWasMailedAndWhoTookIt)
{
    EXPECT_THAT(
        ravi.get("/admin/requests/1/").body, AllOf(HasSubstr("to mei@example.com"), HasSubstr("Waits to be sent")));

    end_one(actions::MailResult::Accepted, "250 queued as 7");
    EXPECT_THAT(ravi.get("/admin/requests/1/").body,
        AllOf(HasSubstr("Accepted by mail.example:587, today, 4:31 PM"), HasSubstr("250 queued as 7")));

    Client mei(site);
    EXPECT_THAT(mei.sign_in_as(site.cast.mei).get("/service/1/").body, Not(HasSubstr("mail.example")));
}

TEST_F(MailPages, AdaSeesWhyNothingIsDelivered)
{
    EXPECT_THAT(ada.get("/admin/mail/").body, HasSubstr("1 waits to be sent"));
    site.clock.advance(std::chrono::minutes(5));
    end_one(actions::MailResult::NobodyThere, "Connection refused <b>");

    EXPECT_THAT(ada.get("/admin/mail/").body,
        AllOf(HasSubstr("1 waits to be sent"), HasSubstr("the oldest for 5 min."),
            HasSubstr("mail.example:587: Connection refused &lt;b&gt;"), Not(HasSubstr("/send-again/"))));
    site.clock.advance(std::chrono::minutes(1));
    end_one(actions::MailResult::Refused, "550 No such mailbox");
    EXPECT_THAT(ada.get("/admin/mail/?state=given_up").body,
        AllOf(HasSubstr("Nothing waits to be sent."), HasSubstr("1 was given up in the last 7 days."),
            HasSubstr("550 No such mailbox"), HasSubstr("/admin/mail/1/send-again/")));
    EXPECT_THAT(ada.get("/admin/mail/?state=accepted").body, HasSubstr("No email here"));
    EXPECT_THAT(ada.get("/admin/mail/?state=lost&before=x").body,
        AllOf(HasSubstr("The state in this web address is not one we use."),
            HasSubstr("The position in this web address")));
}

TEST_F(MailPages, AdaSendsAgainAndTheHistorySaysSo)
{
    EXPECT_EQ(ada.post("/admin/mail/1/send-again/", {}).location(), "/admin/mail/");
    EXPECT_THAT(ada.get("/admin/mail/").body, HasSubstr("This email waits already"));

    end_one(actions::MailResult::Refused, "550 No such mailbox");
    ada.post("/admin/mail/1/send-again/", {});
    EXPECT_THAT(ada.get("/admin/mail/").body, AllOf(HasSubstr("The email is sent again in a moment."),
                                                  HasSubstr("1 waits to be sent"), Not(HasSubstr("send-again"))));
    EXPECT_THAT(ravi.get("/admin/requests/1/").body, HasSubstr("sent an email to mei@example.com again"));
}

TEST_F(MailPages, WhatCameOfTheFirstOneStays)
{
    end_one(actions::MailResult::Accepted, "250 queued as 7");
    site.clock.advance(std::chrono::minutes(12));
    ada.post("/admin/mail/1/send-again/", {});
    ada.post("/admin/mail/1/send-again/", {});
    EXPECT_THAT(ada.get("/admin/mail/").body, HasSubstr("This email waits already"));
    end_one(actions::MailResult::Accepted, "250 queued as 8");
    for (const std::string page : {"/admin/mail/", "/admin/requests/1/"}) {
        const std::string body = (page == "/admin/mail/" ? ada : ravi).get(page).body;
        EXPECT_THAT(body, AllOf(HasSubstr("250 queued as 7"), HasSubstr("250 queued as 8"))) << page;
    }
    EXPECT_THAT(ada.get("/admin/mail/").body,
        AllOf(HasSubstr("/admin/mail/2/send-again/"), Not(HasSubstr("/admin/mail/1/send-again/"))));
}

TEST_F(MailPages, AfterACorrectionItGoesToTheNewEmail)
{
    end_one(actions::MailResult::Accepted, "250 Ok");
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET email = 'mei.chen@example.com' WHERE username = 'mei'");
    });
    EXPECT_THAT(ada.get("/admin/mail/").body, HasSubstr("Send again to mei.chen@example.com</button>"));
    ada.post("/admin/mail/1/send-again/", {});
    EXPECT_THAT(ada.get("/admin/mail/").body, HasSubstr("<span class=\"small muted\">mei.chen@example.com</span>"));
    EXPECT_THAT(ravi.get("/admin/requests/1/").body, HasSubstr("sent an email to mei.chen@example.com again"));
}

TEST_F(MailPages, ALinkThatWorksOnceIsNotSentAgain)
{
    site.database->write([&](db::Transaction& tx) {
        outbox::add_mail(tx, {.kind = outbox::Kind::PasswordReset, .to_user = site.cast.omar.user_id, .secret = "/x/"},
            site.clock.now());
    });
    end_one(actions::MailResult::Accepted, "250 Ok");
    end_one(actions::MailResult::Accepted, "250 Ok");

    EXPECT_THAT(
        ada.get("/admin/mail/").body, AllOf(HasSubstr("/admin/mail/1/send-again/"), Not(HasSubstr("/mail/2/send"))));
    ada.post("/admin/mail/2/send-again/", {});
    EXPECT_THAT(ada.get("/admin/mail/").body, HasSubstr("Nothing waits to be sent."));
}

TEST_F(MailPages, OnlyAdministratorsSeeTheOutboxAndSendAgain)
{
    EXPECT_EQ(ravi.get("/admin/mail/").status, 403);
    EXPECT_EQ(ravi.post("/admin/mail/1/send-again/", {}).status, 403);
    EXPECT_EQ(ada.post("/admin/mail/99/send-again/", {}).location(), "/admin/mail/");
    EXPECT_THAT(ada.get("/admin/mail/").body, HasSubstr("This email is not in the list any more."));
    EXPECT_THROW(site.database->write(
                     [&](db::Transaction& tx) { actions::send_mail_again(tx, site.act(site.cast.sofia), MailId(1)); }),
        base::Forbidden);
}

TEST_F(MailPages, ListsLongOnesPageByPage)
{
    site.database->write([&](db::Transaction& tx) {
        for (std::size_t i = 0; i < outbox::page_size + 5; ++i)
            outbox::add_mail(tx,
                {.kind = outbox::Kind::EmailTaken,
                    .to_address = "user" + std::to_string(i) + "@example.com",
                    .cause = std::to_string(i)},
                site.clock.now());
    });

    const auto first = ada.get("/admin/mail/?state=waiting");
    EXPECT_THAT(first.body, AllOf(HasSubstr("user54@"), HasSubstr("user5@"), Not(HasSubstr("user4@")),
                                HasSubstr("/admin/mail/?state=waiting&amp;before=7")));
    EXPECT_THAT(ada.get("/admin/mail/?state=waiting&before=7").body,
        AllOf(HasSubstr("user4@"), HasSubstr("mei@example.com"), Not(HasSubstr("user5@"))));
}

} // namespace
} // namespace pages::desk
