#include "base/crypto.hpp"
#include "base/text.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CommentPages : public testing::Test
{
  protected:
    CommentPages() : id(site.submit(site.cast.mei, "Boiler")), url("/service/" + std::to_string(id.value) + "/")
    {
        mei.sign_in_as(site.cast.mei);
    }

    std::int64_t count() { return site.database.number("SELECT count(*) FROM service_comment"); }
    std::vector<http::UploadedFile> one_file(std::string_view name, std::string_view bytes)
    {
        std::vector<http::UploadedFile> files;
        files.push_back(site.upload(name, bytes));
        return files;
    }

    support::TestSite site;
    Client mei{site};
    ServiceRequestId id;
    std::string url;
};

TEST_F(CommentPages, MeiCommentsAndReadsItInTheTimeline)
{
    const auto answer = mei.post(url + "comments/", {{"text", "It is <b>colder</b> now"}});

    EXPECT_EQ(answer.status, 303);
    EXPECT_THAT(answer.location(), testing::StartsWith(url + "#c"));
    const auto page = mei.get(url);
    EXPECT_THAT(page.body, AllOf(HasSubstr("It is &lt;b&gt;colder&lt;/b&gt; now"), HasSubstr("Comment sent.")));
}

TEST_F(CommentPages, AScriptGetsTheNewEntryAlone)
{
    mei.set_header("accept", "text/html; fragment");
    const auto answer = mei.post(url + "comments/", {{"text", "Hello"}, {"submission", "first"}});

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("X-Fragment"), "1");
    EXPECT_FALSE(answer.header("X-Next-Submission").empty());
    EXPECT_THAT(answer.body, AllOf(testing::StartsWith("<li id=\"c"), HasSubstr("Hello"), Not(HasSubstr("<html"))));
}

TEST_F(CommentPages, AScriptGetsTheMistakeAlone)
{
    mei.set_header("accept", "text/html; fragment");
    const auto answer = mei.post(url + "comments/", {{"text", "  "}});

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.header("X-Fragment"), "1");
    EXPECT_THAT(answer.body, AllOf(HasSubstr("Write your comment, or add a photo."), Not(HasSubstr("<html"))));
}

TEST_F(CommentPages, OverlongCommentIs422WithTheTextKept)
{
    const std::string essay(5001, 'x');
    const auto page = mei.post(url + "comments/", {{"text", essay}});
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, HasSubstr(essay));
    EXPECT_EQ(count(), 0);
}

TEST_F(CommentPages, OmarGuestsAndStaffCannotCommentHere)
{
    EXPECT_EQ(Client(site).sign_in_as(site.cast.omar).post(url + "comments/", {{"text", "Nosy"}}).status, 404);
    EXPECT_EQ(Client(site).sign_in_as(site.cast.ravi).post(url + "comments/", {{"text", "Wrong side"}}).status, 403);
    EXPECT_EQ(Client(site).post(url + "comments/", {{"text", "Nobody"}}).status, 403);
    EXPECT_EQ(mei.post_without_token(url + "comments/", {{"text", "No token"}}).status, 403);
    EXPECT_EQ(count(), 0);
}

TEST_F(CommentPages, AnExpiredSessionAsksToSignInAndKeepsTheText)
{
    site.clock.advance(std::chrono::hours(24));
    const auto page = mei.post(url + "comments/", {{"text", "Typed while the session ended"}});
    EXPECT_EQ(page.status, 403);
    EXPECT_THAT(page.body, AllOf(Not(HasSubstr("Typed while the session ended")), HasSubstr("name=\"password\"")));
    EXPECT_EQ(count(), 0);
    mei.sign_in_again("mei");
    EXPECT_THAT(mei.get(url).body, HasSubstr("Typed while the session ended</textarea>"));
}

TEST_F(CommentPages, DoubleSubmitGivesOneComment)
{
    const Client::Fields form = {{"text", "Once"}, {"submission", "key"}};
    const auto first = mei.post(url + "comments/", form);
    EXPECT_EQ(mei.post(url + "comments/", form).location(), first.location());
    EXPECT_EQ(count(), 1);
}

TEST_F(CommentPages, SentAgainAfterBackIsOneCommentUnlessItIsMeant)
{
    const auto send = [&](std::string key, std::string picture = "") {
        const Client::Fields form = {{"text", "Still cold"}, {"submission", std::move(key)}};
        return picture.empty() ? mei.post(url + "comments/", form)
                               : mei.post(url + "comments/", form, one_file("meter.png", picture));
    };
    const auto first = send("one");
    EXPECT_EQ(send("two").location(), first.location()) << "Back made another key";
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(send("three", support::tiny_png()).status, 303);
    EXPECT_EQ(count(), 2) << "with a photo that the first one did not have";
    const std::string answer = "/admin/requests/" + std::to_string(id.value) + "/comments/";
    Client(site).sign_in_as(site.cast.ravi).post(answer, {{"text", "And now?"}, {"visibility", "public"}});
    send("four");
    EXPECT_EQ(count(), 4) << "an answer to the question between them";
    site.clock.advance(std::chrono::minutes(31));
    send("five");
    EXPECT_EQ(count(), 5);
}

TEST_F(CommentPages, AnAnswerLostAtCommitIsFoundByTheSubmission)
{
    site.lossy.lose(support::LossyDatabase::Lose::Answer);
    const auto answer = mei.post(
        url + "comments/", {{"text", "Once"}, {"submission", "key"}}, one_file("meter.png", support::tiny_png()));

    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.location(), url + "#c1");
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(site.count_files(), 1U);
}

TEST_F(CommentPages, ACommitThatMayBeLostKeepsTextAndFileAndIsMadeOnceWhenSentAgain)
{
    const Client::Fields form = {{"text", "Once"}, {"submission", "key"}};
    site.lossy.lose(support::LossyDatabase::Lose::Commit);
    const auto answer = mei.post(url + "comments/", form, one_file("meter.png", support::tiny_png()));

    EXPECT_EQ(answer.status, 503);
    EXPECT_THAT(answer.body, AllOf(HasSubstr("Once"), HasSubstr("value=\"key\"")));
    EXPECT_THAT(answer.body, AllOf(HasSubstr("msg--warn"), Not(HasSubstr("errsum")), Not(HasSubstr("aria-invalid"))))
        << "our failure is not a mistake in the field";
    EXPECT_EQ(site.count_files(), 1U) << "a row may name it";
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(mei.post(url + "comments/", form).status, 303);
    EXPECT_EQ(mei.post(url + "comments/", form).status, 303);
    EXPECT_EQ(count(), 1);
}

TEST_F(CommentPages, TheSameWordsOfAScriptWithAnotherKeyAreAnotherComment)
{
    mei.set_header("accept", "text/html; fragment");
    mei.post(url + "comments/", {{"text", "Yes"}, {"submission", "one"}});
    mei.post(url + "comments/", {{"text", "Yes"}, {"submission", "two"}});
    EXPECT_EQ(count(), 2);
}

TEST_F(CommentPages, FilesOfACommentStandInItsEntry)
{
    mei.post(url + "comments/", {{"text", "See"}}, one_file("meter.png", support::tiny_png()));
    const auto page = mei.get(url);
    EXPECT_THAT(page.body, AllOf(HasSubstr("meter.png"), HasSubstr("href=\"" + url + "attachments/1/\""),
                               HasSubstr("Show</b>"), Not(HasSubstr("<img src=\"" + url))));
}

TEST_F(CommentPages, RefusedFilesLeaveNothingBehind)
{
    const auto page = mei.post(url + "comments/", {{"text", "See this"}}, one_file("run.exe", "MZ not a picture"));
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, AllOf(HasSubstr("run.exe"), HasSubstr("See this")));
    EXPECT_EQ(site.count_files(), 0U);
    EXPECT_EQ(count(), 0);
}

TEST_F(CommentPages, DownloadIsForTheOwnerAndStaff)
{
    mei.post(url + "comments/", {{"text", "See"}}, one_file("Zähler \"1\".png", support::tiny_png()));
    const std::string file = url + "attachments/1/";

    const auto got = mei.get(file);
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.content_type, "image/png");
    EXPECT_EQ(got.header("Content-Security-Policy"), "sandbox; default-src 'none'");
    EXPECT_EQ(got.header("X-Content-Type-Options"), "nosniff");
    EXPECT_THAT(got.header("Content-Disposition"),
        AllOf(testing::StartsWith("inline; filename=\""), HasSubstr("filename*=UTF-8''Z%C3%A4hler")));
    EXPECT_EQ(Client(site).sign_in_as(site.cast.ravi).get(file).status, 200);
    EXPECT_EQ(Client(site).sign_in_as(site.cast.omar).get(file).status, 404);
    EXPECT_THAT(Client(site).get(file).location(), HasSubstr("/accounts/login/"));
    EXPECT_EQ(mei.get(url + "attachments/2/").status, 404);
    const auto other = site.submit(site.cast.mei, "Another");
    EXPECT_EQ(mei.get("/service/" + std::to_string(other.value) + "/attachments/1/").status, 404);
}

TEST_F(CommentPages, APhotoWithoutWordsIsSentShownAndNotified)
{
    const auto answer = mei.post(url + "comments/", {{"text", " "}}, one_file("meter.png", support::tiny_png()));
    EXPECT_THAT(answer.location(), testing::StartsWith(url + "#c"));
    EXPECT_THAT(mei.get(url).body, AllOf(HasSubstr("data-view"), HasSubstr("meter.png")));
    EXPECT_THAT(Client(site).sign_in_as(site.cast.ravi).get("/notifications/").body,
        AllOf(HasSubstr("Mei Chen commented on <span class=\"ref\">SR-00001</span>"), HasSubstr("1 file")));

    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    const std::string desk = "/admin/requests/" + std::to_string(id.value) + "/comments/";
    EXPECT_EQ(
        ravi.post(desk, {{"text", ""}, {"visibility", "public"}}, one_file("a.png", support::tiny_png())).status, 303);
    EXPECT_THAT(mei.get("/notifications/").body, AllOf(HasSubstr("Ravi Patel answered"), HasSubstr("1 file")));
    EXPECT_EQ(ravi.post(desk, {{"text", ""}, {"visibility", "public"}}).status, 422);
    EXPECT_EQ(mei.post(url + "comments/", {{"text", ""}}, one_file("a.png", "plain text")).status, 422);
}

TEST_F(CommentPages, InternalFilesAreNotTheCustomers)
{
    mei.post(url + "comments/", {{"text", "See"}}, one_file("a.png", support::tiny_png()));
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE service_attachment SET visibility = 'internal'"); });
    EXPECT_EQ(mei.get(url + "attachments/1/").status, 404);
    EXPECT_EQ(Client(site).sign_in_as(site.cast.ravi).get(url + "attachments/1/").status, 200);
}

TEST_F(CommentPages, PdfsOpenInTheirSandboxAndMissingFilesAre404)
{
    mei.post(url + "comments/", {{"text", "Bill"}},
        one_file("bill.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"));
    const auto file = mei.get(url + "attachments/1/");
    EXPECT_THAT(file.header("Content-Disposition"), testing::StartsWith("inline;"));
    EXPECT_EQ(file.header("Content-Security-Policy"), "sandbox; default-src 'none'");
    EXPECT_THAT(mei.get(url).body, HasSubstr("attachments/1/\" target=\"_blank\" rel=\"noopener\""));
    std::filesystem::remove_all(site.database.directory() / "attachments");
    const auto page = mei.get(url + "attachments/1/");
    EXPECT_EQ(page.status, 404);
    EXPECT_THAT(
        page.body, AllOf(HasSubstr("This file is not available"), HasSubstr("bill.pdf"), HasSubstr("support team")));
    EXPECT_THAT(Client(site).sign_in_as(site.cast.omar).get(url + "attachments/1/").body, Not(HasSubstr("bill.pdf")));
}

TEST_F(CommentPages, NobodyGetsADamagedFileAndItsCustomerReadsWhy)
{
    mei.post(url + "comments/", {{"text", "See"}}, one_file("meter.png", support::tiny_png()));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(site.database.directory() / "attachments")) {
        if (entry.is_regular_file() && entry.file_size() == support::tiny_png().size())
            support::damage_file(entry.path());
    }

    testing::internal::CaptureStderr();
    const auto page = mei.get(url + "attachments/1/");
    const std::string log = testing::internal::GetCapturedStderr();

    EXPECT_EQ(page.status, 404);
    EXPECT_THAT(page.body, AllOf(HasSubstr("This file is not available"), HasSubstr("our copy of it is damaged")));
    EXPECT_THAT(log, AllOf(HasSubstr(" error request "), HasSubstr("is damaged: its SHA-256 is")));
}

TEST_F(CommentPages, AFileThatTheBrowserHasIsNotReadAgain)
{
    mei.post(url + "comments/", {{"text", "See"}}, one_file("meter.png", support::tiny_png()));
    const std::string tag = '"' + base::hex(base::sha256(support::tiny_png())) + '"';
    std::filesystem::remove_all(site.database.directory() / "attachments");
    mei.set_header("if-none-match", tag);

    const auto answer = mei.get(url + "attachments/1/");

    EXPECT_EQ(answer.status, 304);
    EXPECT_EQ(answer.header("ETag"), tag);
    EXPECT_EQ(answer.header("Content-Security-Policy"), "sandbox; default-src 'none'");
}

} // namespace
