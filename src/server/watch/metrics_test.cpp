#include "server/watch/metrics.hpp"

#include "actions/mail/send_mail.hpp"
#include "server/watch/monitoring.hpp"
#include "server/watch/open_metrics.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>

#include <regex>
#include <set>
#include <sstream>

namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MetricsPage : public testing::Test
{
  protected:
    http::Response ask(std::string_view from = "127.0.0.1")
    {
        http::Request request;
        request.path = "/metrics";
        request.target = "/metrics";
        request.host = "localhost";
        request.remote_address = from;
        request.forwarding = forwarding;
        return site.answer(std::move(request));
    }
    int status(std::string_view from) { return static_cast<int>(ask(from).status); }
    std::string text() { return std::string(ask().text()); }

    support::TestSite site;
    http::Forwarding forwarding = http::Forwarding::None;
};

TEST_F(MetricsPage, IsForThisMachineAndTheListedNetworksOnly)
{
    EXPECT_EQ(status("127.0.0.1"), 200);
    EXPECT_EQ(status("::1"), 200);
    EXPECT_EQ(status("10.1.2.3"), 404);

    site.services().monitoring.networks = http::NetworkList({"10.0.0.0/8"});
    EXPECT_EQ(status("10.1.2.3"), 200);
    EXPECT_EQ(status("203.0.113.7"), 404);
    using enum http::Forwarding;
    for (const auto passed_on : {Named, Unnamed, Untrusted}) {
        forwarding = passed_on;
        EXPECT_EQ(status("10.1.2.3"), 404) << "somebody behind it";
    }
}

TEST_F(MetricsPage, IsTextThatMonitoringReads)
{
    support::Client(site).get("/accounts/login/");
    const http::Response answer = ask();
    EXPECT_EQ(answer.content_type, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    const std::string body(answer.text());
    EXPECT_TRUE(body.ends_with("\n# EOF\n"));

    const std::regex sample(R"([a-z_]+(\{[a-z]+="[^"\\]*"(,[a-z]+="[^"\\]*")*\})? -?[0-9.e+-]+)");
    const std::regex comment("# (TYPE [a-z_]+ (counter|gauge|histogram|info)|HELP [a-z_]+ [^\\n]+|EOF)");
    std::set<std::string> samples;
    std::istringstream lines(body);
    for (std::string line; std::getline(lines, line);) {
        EXPECT_TRUE(std::regex_match(line, line.starts_with('#') ? comment : sample)) << line;
        EXPECT_TRUE(samples.insert(line.substr(0, line.rfind(' '))).second || line.starts_with('#')) << line;
    }
}

TEST_F(MetricsPage, CountsAnswersByTheLinesOfTheRouteTable)
{
    support::Client guest(site);
    guest.get("/accounts/login/");
    guest.get("/accounts/login/?next=/secret-place/");
    guest.get("/service/create/");
    guest.get("/secret-place/");
    guest.get("/static/nothing-here.css");
    guest.get("/emergency/report/secret-token/");

    const std::string body = text();

    EXPECT_THAT(
        body, AllOf(HasSubstr(R"(gas_http_requests_total{method="GET",route="/accounts/login/",status="2xx"} 2)"),
                  HasSubstr(R"(gas_http_requests_total{method="GET",route="/service/create/",status="3xx"} 1)"),
                  HasSubstr(R"(gas_http_requests_total{method="any",route="none",status="4xx"} 1)"),
                  HasSubstr(R"(gas_http_requests_total{method="any",route="static",status="4xx"} 1)"),
                  HasSubstr(R"(gas_http_requests_total{method="POST",route="/emergency/",status="5xx"} 0)"),
                  HasSubstr(R"(gas_http_request_duration_seconds_count{method="GET",route="/accounts/login/"} 2)"),
                  HasSubstr(R"(gas_lane_threads{lane="emergency"} 8)"), Not(HasSubstr("secret"))));
}

TEST_F(MetricsPage, TellsOpenEmergenciesAndTheAgeOfTheOldest)
{
    EXPECT_THAT(text(),
        AllOf(HasSubstr("gas_emergencies_open{taken=\"no\"} 0\n"), HasSubstr("gas_emergency_oldest_age_seconds 0\n")));
    support::Client guest(site);
    guest.post("/emergency/", {{"address", "12 Ash Lane"}, {"phone", "555-0100"}});
    site.clock.advance(90s);
    guest.post("/emergency/", {{"address", "14 Ash Lane"}, {"phone", "555-0101"}});

    EXPECT_THAT(text(),
        AllOf(HasSubstr("gas_emergencies_open{taken=\"no\"} 2\n"), HasSubstr("gas_emergency_oldest_age_seconds 90\n")));
}

TEST_F(MetricsPage, TellsHowMuchMailWaitsAndForHowLong)
{
    EXPECT_THAT(text(), AllOf(HasSubstr("gas_mail_waiting 0\n"), HasSubstr("gas_mail_oldest_age_seconds 0\n")));
    site.database->write([&](db::Transaction& tx) { actions::switch_mail(tx, true, site.clock.now()); });
    site.submit(site.cast.mei, "No heat");
    site.clock.advance(90s);
    site.submit(site.cast.omar, "No gas");

    EXPECT_THAT(text(), AllOf(HasSubstr("gas_mail_waiting 2\n"), HasSubstr("gas_mail_oldest_age_seconds 90\n"),
                            HasSubstr("gas_mail_given_up_week 0\n")));
}

TEST_F(MetricsPage, TellsWhenSomebodyLastLookedAfterTheData)
{
    server::Monitoring& monitoring = site.services().monitoring;
    monitoring.last_backup = site.database.directory() / "last-backup";
    EXPECT_THAT(text(), AllOf(Not(HasSubstr("gas_last_backup")), Not(HasSubstr("gas_last_check"))));

    server::save_time(monitoring.last_backup, base::from_millis(1'790'000'000'000));
    monitoring.inspected_at = 1'790'000'500'000;
    monitoring.directories = {{"data", site.database.directory()}};

    EXPECT_THAT(
        text(), AllOf(HasSubstr("gas_last_backup_timestamp_seconds 1790000000\n"),
                    HasSubstr("gas_last_check_timestamp_seconds 1790000500\n"), HasSubstr("gas_last_check_damaged 0\n"),
                    HasSubstr("gas_disk_free_bytes{directory=\"data\"} ")));
}

TEST(Metrics, CountsIntoTheRightBuckets)
{
    const std::vector<web::Route> routes;
    server::Metrics metrics(routes);
    const auto now = server::Metrics::SteadyClock::now();
    metrics.note_answer(nullptr, http::Status::NotFound, now);
    metrics.note_answer(nullptr, http::Status::NotFound, now - 40ms);
    metrics.note_answer(nullptr, http::Status::NotFound, now - 1h);
    metrics.note_unread(http::Status::BadRequest);
    metrics.note_refused(http::ConnectionLimit::OfAddress);
    server::OpenMetrics out;
    metrics.write(out);

    const std::string name = R"(gas_http_request_duration_seconds_bucket{method="any",route="none",le=)";
    EXPECT_THAT(out.take(), AllOf(HasSubstr(name + "\"0.025\"} 1\n"), HasSubstr(name + "\"0.1\"} 2\n"),
                                HasSubstr(name + "\"5.0\"} 2\n"), HasSubstr(name + "\"+Inf\"} 3\n"),
                                HasSubstr(R"(gas_http_requests_total{method="any",route="refused",status="4xx"} 1)"),
                                HasSubstr("gas_connections_refused_total{limit=\"address\"} 1\n")));
}

} // namespace
