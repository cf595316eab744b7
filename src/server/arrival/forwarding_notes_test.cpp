#include "server/arrival/forwarding_notes.hpp"

#include "support/fake_clock.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace {

using namespace std::chrono_literals;
using server::ForwardingNotes;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using enum http::Forwarding;

http::Request sent(http::Forwarding forwarding, std::string from, std::string path = "/")
{
    http::Request request;
    request.path = request.target = std::move(path);
    request.host = "localhost";
    request.headers = {{"host", "localhost"}};
    request.remote_address = std::move(from);
    request.forwarding = forwarding;
    return request;
}

template <typename Work>
std::string log_of(Work work)
{
    testing::internal::CaptureStderr();
    work();
    return testing::internal::GetCapturedStderr();
}

class Notes : public testing::Test
{
  protected:
    std::string note(const http::Request& request)
    {
        return log_of([&] { notes.note(request); });
    }

    support::FakeClock clock;
    ForwardingNotes notes{clock};
};

TEST_F(Notes, AnUndeclaredProxyIsLoggedOnceAnHour)
{
    EXPECT_THAT(note(sent(Untrusted, "10.0.0.1")), AllOf(HasSubstr("10.0.0.1"), HasSubstr("trusted_proxies")));
    EXPECT_THAT(note(sent(Untrusted, "10.0.0.1")), IsEmpty());
    EXPECT_THAT(note(sent(Untrusted, "10.0.0.2")), HasSubstr("10.0.0.2"));
    clock.advance(59min);
    EXPECT_THAT(note(sent(Untrusted, "10.0.0.1")), IsEmpty());
    clock.advance(1min);
    EXPECT_THAT(note(sent(Untrusted, "10.0.0.1")), HasSubstr("10.0.0.1"));
}

TEST_F(Notes, ADeclaredProxyThatNamesNobodyIsLoggedUnlessItProbes)
{
    EXPECT_THAT(note(sent(ProxyItself, "10.0.0.1", "/readyz")), IsEmpty());
    EXPECT_THAT(note(sent(ProxyItself, "10.0.0.1", "/healthz")), IsEmpty());
    EXPECT_THAT(note(sent(ProxyItself, "10.0.0.1")), HasSubstr("the trusted proxy 10.0.0.1 sends no X-Forwarded-For"));
    EXPECT_THAT(note(sent(Unnamed, "10.0.0.1", "/readyz")), IsEmpty()) << "told within the hour";
    EXPECT_THAT(note(sent(Unnamed, "10.0.0.2", "/readyz")), HasSubstr("10.0.0.2"));
    EXPECT_FALSE(notes.take_undeclared());
}

TEST_F(Notes, WhoeverIsKnownIsNotLogged)
{
    EXPECT_THAT(note(sent(None, "203.0.113.7")), IsEmpty());
    EXPECT_THAT(note(sent(Named, "203.0.113.7")), IsEmpty());
    EXPECT_FALSE(notes.take_undeclared());
}

TEST_F(Notes, ManySendersFillNeitherTheMemoryNorTheLog)
{
    const auto from = [](std::size_t i) { return "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250); };
    log_of([&] {
        for (std::size_t i = 0; i < ForwardingNotes::most_remembered; ++i)
            notes.note(sent(Untrusted, from(i)));
    });
    EXPECT_THAT(note(sent(Untrusted, "10.9.0.1")), IsEmpty());
    EXPECT_EQ(notes.take_undeclared()->size(), ForwardingNotes::most_remembered);
    clock.advance(1h);
    EXPECT_THAT(note(sent(Untrusted, "10.9.0.1")), HasSubstr("10.9.0.1"));
    EXPECT_EQ(notes.take_undeclared()->size(), 1U);
    EXPECT_THAT(note(sent(Untrusted, "2001:db8::1")), HasSubstr("2001:db8::1"));
    EXPECT_THAT(note(sent(Untrusted, "2001:db8::2")), IsEmpty()) << "the same subscriber";
}

TEST_F(Notes, UndeclaredProxiesAreStoredForCheck)
{
    const support::TemporaryDirectory directory;
    server::Config config;
    config.data_dir = directory.path();
    EXPECT_THAT(server::find_undeclared_proxies(config, clock.now()), IsEmpty());
    note(sent(Untrusted, "10.0.0.1"));
    server::save_undeclared_proxies(config.undeclared_proxies_file(), notes.take_undeclared().value());
    EXPECT_FALSE(notes.take_undeclared()) << "nothing new";

    const auto found = server::find_undeclared_proxies(config, clock.now() + 24h);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().address, "10.0.0.1");
    EXPECT_EQ(found.front().last, clock.now());
    EXPECT_THAT(server::find_undeclared_proxies(config, clock.now() + 25h), IsEmpty());
    config.trusted_proxies = {"10.0.0.0/8"};
    EXPECT_THAT(server::find_undeclared_proxies(config, clock.now()), IsEmpty());
}

/// Pages for a visitor whom a trusted proxy names by something that is no address.
class UnknownSender : public testing::Test
{
  protected:
    http::Request unreadable(http::Method method, std::string path)
    {
        http::Request request = sent(Unreadable, "10.0.0.1", std::move(path));
        request.method = method;
        request.headers.emplace_back("x-forwarded-for", "unknown\x9b");
        return request;
    }
    std::int64_t count() { return site.database.number("SELECT count(*) FROM service_servicerequest"); }

    support::TestSite site;
};

TEST_F(UnknownSender, IsRefusedWithALoggedReason)
{
    support::Client mei(site);
    mei.sign_in_as(site.cast.mei);
    for (const std::string path :
        {"/", "/accounts/login/", "/service/", "/no/such/page/", "/events/", "/emergencyx/"}) {
        http::Request request = unreadable(http::Method::Get, path);
        request.cookies = {{"gu_session", mei.cookie("gu_session")}};
        http::Response answer;
        const std::string log = log_of([&] { answer = site.answer(std::move(request)); });

        EXPECT_EQ(answer.status, http::Status::BadRequest) << path;
        EXPECT_THAT(std::string(answer.text()),
            AllOf(HasSubstr("We could not tell who is asking"), HasSubstr("Nothing was saved"), Not(HasSubstr("Mei"))));
        EXPECT_THAT(log, AllOf(HasSubstr(" " + path + ": X-Forwarded-For \"unknown?\" of the trusted proxy 10.0.0.1"),
                             HasSubstr("refused")));
    }
}

TEST_F(UnknownSender, IsRefusedAFormWhoseTextComesBack)
{
    support::Client mei(site);
    mei.sign_in_as(site.cast.mei);
    http::Request request = unreadable(http::Method::Post, "/service/create/");
    request.cookies = {{"gu_session", mei.cookie("gu_session")}};
    request.form = {{"description", "Boiler <cold>"}};
    http::Response answer;
    log_of([&] { answer = site.answer(std::move(request)); });

    EXPECT_EQ(answer.status, http::Status::BadRequest);
    EXPECT_THAT(std::string(answer.text()), HasSubstr("Boiler &lt;cold&gt;"));
    EXPECT_THAT(answer.headers, testing::Contains(testing::Pair("Cache-Control", "no-store")));
    EXPECT_EQ(count(), 0);
}

TEST_F(UnknownSender, ReportsALeakAllTheSame)
{
    http::Request request = unreadable(http::Method::Post, "/emergency/");
    request.form = {{"address", "20 Elm Street"}};
    http::Response answer;
    const std::string log = log_of([&] { answer = site.answer(std::move(request)); });

    EXPECT_EQ(answer.status, http::Status::SeeOther);
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_leak_report WHERE sender = '10.0.0.1'"), 1);
    EXPECT_THAT(log, AllOf(HasSubstr("/emergency/: X-Forwarded-For \"unknown?\""), HasSubstr("counts as the sender")));

    const auto location = std::ranges::find(answer.headers, "Location", [](const auto& field) { return field.first; });
    ASSERT_NE(location, answer.headers.end());
    const std::string receipt = location->second;
    const std::string log_of_link = log_of([&] { answer = site.answer(unreadable(http::Method::Get, receipt)); });
    EXPECT_EQ(answer.status, http::Status::Ok);
    EXPECT_THAT(log_of_link, Not(HasSubstr("report/"))) << "the link is private";
    log_of([&] { answer = site.answer(unreadable(http::Method::Get, "/emergency/")); });
    EXPECT_EQ(answer.status, http::Status::Ok);
}

TEST_F(UnknownSender, GetsTheStylesOfTheEmergencyPage)
{
    EXPECT_NE(site.answer(unreadable(http::Method::Get, "/static/none.css")).status, http::Status::BadRequest);
}

} // namespace
