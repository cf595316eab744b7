#include "server/bodies/daily_quota.hpp"

#include "actions/submit_request.hpp"
#include "base/error.hpp"
#include "request_types/request_type.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace {

using testing::AllOf;
using testing::HasSubstr;

class DailyQuota : public testing::Test
{
  protected:
    void SetUp() override
    {
        mei.sign_in_as(site.cast.mei);
        ravi.sign_in_as(site.cast.ravi);
        site.services().site.rules.requests_a_day = 3;
        site.services().quota.upload_bytes = 100;
    }
    support::Answer submit(const std::string& type, std::vector<http::UploadedFile> files = {})
    {
        return mei.post("/service/create/",
            {{"request_type", type}, {"description", "Text " + std::to_string(++number_)}, {"account", "1"}},
            std::move(files));
    }
    support::Answer comment(const std::string& request, std::vector<http::UploadedFile> files)
    {
        return mei.post(request + "comments/", {{"text", "Here " + std::to_string(++number_)}}, std::move(files));
    }
    std::vector<http::UploadedFile> photo()
    {
        std::vector<http::UploadedFile> files;
        files.push_back(site.upload("meter.png", support::tiny_png()));
        return files;
    }
    void wait(int hours)
    {
        site.clock.advance(std::chrono::hours(hours));
        mei.sign_in_as(site.cast.mei);
    }
    std::string path_of(ServiceRequestId id) { return "/service/" + std::to_string(id.value) + "/"; }

    support::TestSite site;
    support::Client mei{site};
    support::Client ravi{site};

  private:
    int number_ = 0;
};

TEST_F(DailyQuota, OfRequestsEndsAfterADay)
{
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(submit("billing").status, 303);
    wait(23);

    const auto refused = submit("billing");

    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "3600");
    EXPECT_THAT(refused.body, AllOf(HasSubstr("You sent 3 requests within 24 hours"), HasSubstr("Text 4")));
    wait(1);
    EXPECT_EQ(submit("billing").status, 303);
}

TEST_F(DailyQuota, NeverRefusesALeakNorWhatIsWrittenOnIt)
{
    for (int i = 0; i < 3; ++i)
        submit("billing");
    site.services().quota.upload_bytes = 1;

    EXPECT_EQ(submit("gas-leak", photo()).status, 303);
    EXPECT_EQ(submit("gas-leak", photo()).status, 303);
    const auto leak = site.submit(site.cast.mei, "It hisses", "gas-leak");
    EXPECT_EQ(comment(path_of(leak), photo()).status, 303);
    support::Client guest(site);
    EXPECT_EQ(guest.post("/emergency/", {{"address", "12 Elm Street"}}).status, 303);
}

TEST_F(DailyQuota, OfBytesCountsFilesOfRequestsAndComments)
{
    const std::string request = path_of(site.submit(site.cast.mei, "Boiler is cold"));
    ASSERT_LT(support::tiny_png().size(), 100U);
    EXPECT_EQ(comment(request, photo()).status, 303);

    const auto refused = comment(request, photo());

    EXPECT_EQ(refused.status, 429);
    EXPECT_THAT(refused.body, AllOf(HasSubstr("MB within 24 hours"), HasSubstr("Here 2")));
    EXPECT_EQ(submit("billing", photo()).status, 429);
    EXPECT_EQ(comment(request, {}).status, 303) << "words are free";
    wait(24);
    EXPECT_EQ(comment(request, photo()).status, 303);
}

TEST_F(DailyQuota, OfRequestsIsAskedAgainWhereARequestIsWritten)
{
    site.services().site.rules.requests_a_day = 5;
    std::atomic<int> taken = 0;
    std::atomic<int> refused = 0;
    const auto types = request_types::list_request_types(*site.database->read());
    const auto type = std::ranges::find(types, false, &request_types::RequestType::is_emergency)->id;
    const auto send = [&](int number) {
        // What several tabs do after the page has asked: nobody has sent anything yet.
        try {
            site.database->write([&](db::Transaction& tx) {
                actions::submit_request(tx, site.act(site.cast.mei),
                    {.request = {.user_id = site.cast.mei.user_id,
                         .type_id = type,
                         .description = "Text " + std::to_string(number)},
                        .most_a_day = 5});
            });
            ++taken;
        } catch (const base::TooManyAttempts&) {
            ++refused;
        }
    };
    std::vector<std::thread> tabs;
    for (int i = 0; i < 16; ++i)
        tabs.emplace_back(send, i);
    for (std::thread& tab : tabs)
        tab.join();

    EXPECT_EQ(taken, 5);
    EXPECT_EQ(refused, 11);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest"), 5);
}

TEST_F(DailyQuota, OfRequestsCountsNoLeakInTheVerb)
{
    const auto leak = site.database->write([&](db::Transaction& tx) {
        return actions::submit_request(tx, site.act(site.cast.mei),
            {.request = {.user_id = site.cast.mei.user_id, .type_id = request_types::get_emergency_type(tx)},
                .leak = leaks::LeakReport{},
                .most_a_day = 1});
    });
    EXPECT_TRUE(leak);
    EXPECT_TRUE(site.database->write([&](db::Transaction& tx) {
        return actions::submit_request(tx, site.act(site.cast.mei),
            {.request = {.user_id = site.cast.mei.user_id, .type_id = request_types::get_emergency_type(tx)},
                .leak = leaks::LeakReport{},
                .most_a_day = 1});
    }));
}

TEST_F(DailyQuota, DoesNotBindTheStaffNorAnybodyWithoutOne)
{
    const auto request = site.submit(site.cast.mei, "Boiler is cold");
    const std::string desk = "/admin/requests/" + std::to_string(request.value) + "/comments/";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(
            ravi.post(desk, {{"text", "Look " + std::to_string(i)}, {"visibility", "public"}}, photo()).status, 303);

    site.services().site.rules.requests_a_day = 0;
    site.services().quota = {};
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(submit("billing", photo()).status, 303);
}

} // namespace
