#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// The session ends while somebody sends a form with photos, without scripts.
class LostFiles : public testing::Test
{
  protected:
    std::vector<http::UploadedFile> photos()
    {
        std::vector<http::UploadedFile> files;
        files.push_back(site.upload("C:\\Photos\\IMG_1.png", support::tiny_png()));
        files.push_back(site.upload("IMG_<2>.png", support::tiny_png()));
        return files;
    }
    std::string page_after_signing_in_again(
        const base::Visitor& who, const std::string& name, const std::string& path, const Client::Fields& form)
    {
        Client browser(site);
        const std::string page = path.substr(0, path.find("comments/"));
        browser.sign_in_as(who).get(page);
        browser.end_session();
        const auto ended = browser.post(path, form, photos());
        EXPECT_EQ(ended.status, 403);
        EXPECT_THAT(ended.body, AllOf(HasSubstr("add your photos again"), Not(HasSubstr("IMG_1"))));
        browser.sign_in_again(name, page);
        return browser.get(page).body;
    }

    support::TestSite site;
    const std::string words = "Photos aren’t kept. Add them again: IMG_1.png, IMG_&lt;2&gt;.png";
};

TEST_F(LostFiles, ANewRequestNamesItsPhotos)
{
    EXPECT_THAT(page_after_signing_in_again(
                    site.cast.mei, "mei", "/service/create/", {{"request_type", "billing"}, {"description", "See"}}),
        AllOf(HasSubstr(words), HasSubstr("See</textarea>")));
}

TEST_F(LostFiles, ACommentAndANoteNameTheirPhotosAlsoWithoutText)
{
    site.submit(site.cast.mei, "Boiler");
    EXPECT_THAT(page_after_signing_in_again(site.cast.mei, "mei", "/service/1/comments/", {{"text", "Look"}}),
        AllOf(HasSubstr(words), HasSubstr("Look</textarea>")));
    EXPECT_THAT(page_after_signing_in_again(
                    site.cast.ravi, "ravi", "/admin/requests/1/comments/", {{"text", ""}, {"visibility", "internal"}}),
        AllOf(HasSubstr(words), HasSubstr("value=\"internal\"")));
}

TEST_F(LostFiles, TheWordsGoWhenTheFormWasSent)
{
    site.submit(site.cast.mei, "Boiler");
    page_after_signing_in_again(site.cast.mei, "mei", "/service/1/comments/", {{"text", "Look"}});
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    EXPECT_EQ(mei.post("/service/1/comments/", {{"text", "Look"}}, photos()).status, 303);
    EXPECT_THAT(mei.get("/service/1/").body, Not(HasSubstr("IMG_1.png, ")));
}

} // namespace
