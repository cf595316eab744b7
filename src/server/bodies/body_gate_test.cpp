#include "server/bodies/body_gate.hpp"

#include "http/head/addresses.hpp"
#include "server/routes.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using http::BodyFault;
using http::IfLonger;
using testing::HasSubstr;

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;

class BodyGate : public testing::Test
{
  protected:
    http::BodyPlan plan(std::string path, std::uint64_t length)
    {
        http::Request head;
        head.method = http::Method::Post;
        head.path = std::move(path);
        return gate.plan(head, length);
    }
    http::BodyPlan ask(support::Client& from, std::string path, std::uint64_t length)
    {
        http::BodyQuestion question;
        question.head.method = http::Method::Post;
        question.head.path = path;
        question.head.cookies = {{"gu_session", from.cookie("gu_session")}};
        question.head.remote_address = "10.0.0.1";
        question.length = length;
        return gate.ask(question, plan(std::move(path), length));
    }
    void fill_disk(std::uint64_t free)
    {
        site.services().free_space = server::FreeSpace({"/data"}, [free](const auto&) {
            return server::FreeSpace::Disk{100 * mebibyte, free};
        });
    }

    support::TestSite site;
    web::Router router{server::routes(site.services())};
    server::BodyGate gate{site.services(), router};
    support::Client mei{site};
    support::Client ravi{site};
    support::Client guest{site};
    const std::string request = "/service/" + std::to_string(site.submit(site.cast.mei, "Boiler is cold").value) + "/";

    void SetUp() override
    {
        mei.sign_in_as(site.cast.mei);
        ravi.sign_in_as(site.cast.ravi);
    }
};

TEST_F(BodyGate, RefusesWhatIsLongerThanTheRouteTakesButNoLeakReport)
{
    EXPECT_EQ(plan("/account/contact/", 100).most_bytes, mebibyte);
    EXPECT_EQ(plan("/nowhere/", 100).most_bytes, mebibyte);
    EXPECT_EQ(plan(request + "comments/", 100).most_bytes, 128 * mebibyte);
    EXPECT_EQ(plan(request + "comments/", 100).if_longer, IfLonger::Refuse);
    EXPECT_EQ(plan("/service/create/", 100).if_longer, IfLonger::ReadPart);
    EXPECT_EQ(plan("/emergency/", 100).if_longer, IfLonger::ReadPart);
    EXPECT_FALSE(plan("/emergency/", 100'000'000).must_ask) << "nothing holds it up";
}

TEST_F(BodyGate, AsksBeforeFilesAreStoredAndNotForACommentOfWords)
{
    EXPECT_TRUE(plan(request + "comments/", 30 * mebibyte).must_ask);
    EXPECT_FALSE(plan(request + "comments/", 2000).must_ask);
    EXPECT_FALSE(plan("/account/contact/", 200'000).must_ask);
}

TEST_F(BodyGate, TakesFilesOnlyOfThoseWhoMaySendThem)
{
    EXPECT_GT(ask(mei, request + "comments/", mebibyte).limits.files, 0U);
    EXPECT_GT(ask(ravi, "/admin/requests/1/comments/", mebibyte).limits.files, 0U);

    EXPECT_EQ(ask(guest, request + "comments/", mebibyte).limits.files, 0U);
    EXPECT_EQ(ask(mei, "/admin/requests/1/comments/", mebibyte).limits.files, 0U);
    EXPECT_EQ(ask(ravi, request + "comments/", mebibyte).limits.files, 0U);
    mei.end_session();
    EXPECT_EQ(ask(mei, request + "comments/", mebibyte).limits.files, 0U);
}

TEST_F(BodyGate, TakesFourUploadsOfASessionAtOnce)
{
    std::vector<http::BodyPlan> under_way;
    for (int i = 0; i < 4; ++i) {
        under_way.push_back(ask(mei, "/service/create/", mebibyte));
        EXPECT_GT(under_way.back().limits.files, 0U);
    }
    const auto refused = ask(mei, "/service/create/", mebibyte);
    EXPECT_EQ(refused.limits.files, 0U);
    EXPECT_EQ(refused.without_files, BodyFault::DiskFull);
    EXPECT_GT(ask(ravi, "/admin/requests/1/comments/", mebibyte).limits.files, 0U);

    under_way.pop_back();
    EXPECT_GT(ask(mei, "/service/create/", mebibyte).limits.files, 0U);
}

TEST_F(BodyGate, TakesEightUploadsOfAUserAndTheBytesOfTwoFormsOfASession)
{
    std::vector<http::BodyPlan> under_way;
    for (int session = 0; session < 2; ++session) {
        mei.sign_in_as(site.cast.mei);
        for (int i = 0; i < 4; ++i)
            under_way.push_back(ask(mei, "/service/create/", mebibyte));
    }
    mei.sign_in_as(site.cast.mei);
    EXPECT_EQ(ask(mei, "/service/create/", mebibyte).limits.files, 0U);

    under_way.clear();
    under_way.push_back(ask(mei, "/service/create/", 128 * mebibyte));
    under_way.push_back(ask(mei, "/service/create/", 128 * mebibyte));
    EXPECT_GT(under_way.back().limits.files, 0U);
    EXPECT_EQ(ask(mei, "/service/create/", mebibyte).limits.files, 0U);
}

TEST_F(BodyGate, KeepsTheLastFreeSpaceFromUploads)
{
    fill_disk(10 * mebibyte);
    EXPECT_GT(ask(mei, "/service/create/", 4 * mebibyte).limits.files, 0U);
    const auto refused = ask(mei, "/service/create/", 6 * mebibyte);
    EXPECT_EQ(refused.limits.files, 0U);
    EXPECT_EQ(refused.without_files, BodyFault::DiskFull);
}

TEST_F(BodyGate, TheLastFreeSpaceIsForLeakReportsAndForTheStaff)
{
    fill_disk(5 * mebibyte - 1);

    const auto refused = mei.post(request + "comments/", {{"text", "Still cold"}});
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body,
        testing::AllOf(testing::HasSubstr("We can’t take messages here right now"),
            testing::HasSubstr("Please call 1-800-555-0142."), testing::Not(testing::HasSubstr("very busy"))));
    EXPECT_EQ(
        mei.post("/service/create/", {{"request_type", "billing"}, {"description", "A bill"}, {"account", "1"}}).status,
        503);

    EXPECT_EQ(mei.post("/service/create/", {{"request_type", "gas-leak"}, {"account", "1"}}).status, 303);
    EXPECT_EQ(guest.post("/emergency/", {{"address", "12 Elm Street"}}).status, 303);
    EXPECT_EQ(ravi.post("/admin/requests/2/take/", {}).status, 303);
    EXPECT_EQ(guest
                  .post("/accounts/login/",
                      {{"username", "ravi"}, {"password", std::string(support::cast_password)}, {"next", "/"}})
                  .status,
        303);
}

TEST_F(BodyGate, ALeakReportWhoseFilesWereNotTakenIsSentAndSaysSo)
{
    mei.set_fault(BodyFault::DiskFull);
    const auto answer = mei.post("/service/create/", {{"request_type", "gas-leak"}, {"account", "1"}});

    EXPECT_EQ(answer.status, 303);
    EXPECT_THAT(mei.get(answer.location()).body, HasSubstr("Some files did not arrive."));
}

TEST_F(BodyGate, AGuestsFormWhoseFilesWereDroppedComesBackAndSaysSo)
{
    mei.get(request);
    mei.end_session();
    mei.set_fault(BodyFault::TooManyFiles);
    const auto answer = mei.post(request + "comments/", {{"text", "Still cold"}});

    EXPECT_EQ(answer.status, 403);
    EXPECT_THAT(answer.body, HasSubstr("You’ll need to add your photos again."));
}

} // namespace
