#include "actions/change_status.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace {

using support::Client;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view address = "/admin/requests/export.csv";
constexpr std::string_view head =
    "\xEF\xBB\xBFid,reference,username,full_name,email,account_number,address,request_type,status,description,"
    "submitted_at,resolved_at,updated_at,public_comments,attachments,contact_name,contact_phone,channel,"
    "internal_comments,first_answer_at,age_hours,emergency_end\r\n";

class ExportPages : public testing::Test
{
  protected:
    ExportPages() { ravi.sign_in_as(site.cast.ravi); }

    std::vector<std::string> pieces(std::string_view query = "")
    {
        http::Response response = ravi.ask(http::Method::Get, std::string(address) + std::string(query));
        EXPECT_EQ(response.status, http::Status::Ok);
        auto* source = std::get_if<std::unique_ptr<http::BodySource>>(&response.body);
        std::vector<std::string> all;
        if (source == nullptr) {
            ADD_FAILURE() << "not streamed";
            return all;
        }
        bool has_more = true;
        while (has_more)
            has_more = (*source)->next(all.emplace_back());
        return all;
    }
    std::string csv(std::string_view query = "")
    {
        std::string all;
        for (const std::string& piece : pieces(query))
            all += piece;
        return all;
    }
    std::int64_t exports()
    {
        return site.database.number("SELECT count(*) FROM service_event WHERE kind = 'exported'");
    }

    support::TestSite site;
    Client ravi{site};
};

TEST_F(ExportPages, ARowHoldsEverythingWithTimesAndTheirZone)
{
    site.submit(site.cast.mei, "Boiler is cold");
    std::string expected(head);
    expected += "1,\"SR-00001\",\"mei\",\"Mei Chen\",\"mei@example.com\",\"4410-2087-33\",\"12 Elm Street\","
                "\"Maintenance\",\"Pending\",\"Boiler is cold\",2026-11-16T16:31:00-05:00,,"
                "2026-11-16T16:31:00-05:00,0,0,\"Mei Chen\",\"555-0142\",\"web\",0,,0.0,\"\"\r\n";
    EXPECT_EQ(csv(), expected);
}

TEST_F(ExportPages, AnEmptyListIsTheHeaderAlone)
{
    EXPECT_EQ(csv(), head);
}

TEST_F(ExportPages, TheAnswerIsADownloadThatNobodyKeeps)
{
    const auto response = ravi.ask(http::Method::Get, address);
    EXPECT_EQ(response.content_type, "text/csv; charset=utf-8");
    const auto header = [&](std::string_view name) {
        const auto found = std::find_if(
            response.headers.begin(), response.headers.end(), [&](const auto& field) { return field.first == name; });
        return found == response.headers.end() ? std::string() : found->second;
    };
    EXPECT_EQ(header("Content-Disposition"), "attachment; filename=\"service-requests-2026-11-16.csv\"");
    EXPECT_EQ(header("Cache-Control"), "no-store");
    EXPECT_EQ(header("X-Content-Type-Options"), "nosniff");
}

TEST_F(ExportPages, TheFilterOfTheQueueIsTheFilterOfTheFile)
{
    site.submit(site.cast.mei, "Boiler is cold");
    site.submit(site.cast.omar, "Bill is wrong", "billing");
    EXPECT_THAT(csv("?type=billing"), AllOf(HasSubstr("SR-00002"), Not(HasSubstr("SR-00001"))));
    EXPECT_THAT(csv("?q=boiler"), AllOf(HasSubstr("SR-00001"), Not(HasSubstr("SR-00002"))));
    EXPECT_EQ(csv("?status=Resolved"), head);
    EXPECT_EQ(csv("?from=2026-11-17"), head);
    EXPECT_THAT(csv("?until=2026-11-16&sort=oldest&size=50"), AllOf(HasSubstr("SR-00001"), HasSubstr("SR-00002")));
}

TEST_F(ExportPages, NoCellIsRunBySpreadsheets)
{
    site.submit(site.cast.mei, "=HYPERLINK(\"http://evil.example\",\"pay\")");
    site.submit(site.cast.mei, " +1");
    site.submit(site.cast.mei, "\xEF\xBC\x9D"
                               "1");
    site.submit(site.cast.mei, "He said \"no\",\nthen left");
    const std::string all = csv();
    EXPECT_THAT(all, HasSubstr(",\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"pay\"\")\","));
    EXPECT_THAT(all, HasSubstr(",\"' +1\","));
    EXPECT_THAT(all, HasSubstr(",\"'\xEF\xBC\x9D"
                               "1\","));
    EXPECT_THAT(all, HasSubstr(",\"He said \"\"no\"\",\nthen left\","));
}

TEST_F(ExportPages, NotesAreCountedButNotTold)
{
    site.submit(site.cast.mei, "Boiler");
    ravi.post("/admin/requests/1/comments/", {{"text", "Careful, dog"}, {"visibility", "internal"}});
    EXPECT_THAT(csv(), AllOf(Not(HasSubstr("dog")), HasSubstr(",0,0,\"Mei Chen\",\"555-0142\",\"web\",1,,")));
}

TEST_F(ExportPages, ARowTellsWhenStaffFirstAnsweredAndItsAge)
{
    site.submit(site.cast.mei, "Boiler");
    site.clock.advance(std::chrono::minutes(30));
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    mei.post("/service/1/comments/", {{"text", "Please come"}});
    site.clock.advance(std::chrono::minutes(30));
    ravi.post("/admin/requests/1/comments/", {{"text", "We come"}, {"visibility", "public"}});
    site.clock.advance(std::chrono::minutes(30));
    ravi.post("/admin/requests/1/comments/", {{"text", "We are late"}, {"visibility", "public"}});
    ravi.sign_in_as(site.cast.ravi);
    EXPECT_THAT(csv(), EndsWith(",3,0,\"Mei Chen\",\"555-0142\",\"web\",0,2026-11-16T17:31:00-05:00,1.5,\"\"\r\n"));
}

TEST_F(ExportPages, ARowTellsHowAnEmergencyEnded)
{
    const auto end = [&](ServiceRequestId id, actions::Finding finding) {
        site.database->write([&](db::Transaction& tx) {
            actions::change_status(tx, site.act(site.cast.ravi),
                {.service_request = id,
                    .status = service_requests::Status::Resolved,
                    .version = 1,
                    .end = actions::EmergencyEnd{.finding = finding, .reason = "The crew was there"}});
        });
    };
    end(site.submit(site.cast.mei, "It hisses", "gas-leak"), actions::Finding::FalseAlarm);
    EXPECT_THAT(csv(), EndsWith(",\"false_alarm\"\r\n"));
    end(site.submit(site.cast.omar, "It smells", "gas-leak"), actions::Finding::MadeSafe);
    EXPECT_THAT(csv(), HasSubstr(",\"made_safe\"\r\n"));
}

TEST_F(ExportPages, AGuestHasANameAndAPhone)
{
    site.database->write([&](db::Transaction& tx) {
        tx.apply("INSERT INTO service_servicerequest (request_type_id, description, submitted_at, updated_at, channel,"
                 " contact_name, contact_phone) VALUES (1, 'Gas', $1, $1, 'emergency', 'Grace Hopper', '+1 518')",
            site.clock.now());
    });
    EXPECT_THAT(csv(), HasSubstr(",\"Grace Hopper\",\"'+1 518\",\"emergency\",0,,0.0,\"\"\r\n"));
}

TEST_F(ExportPages, APhoneIsTheAccountsWhenNoneWasLeftAndInItsNormalForm)
{
    site.database->write(
        [&](db::Transaction& tx) { tx.apply("UPDATE service_account SET phone_number = '518.555.0134'"); });
    site.submit(site.cast.mei, "Boiler is cold");
    EXPECT_THAT(csv(), HasSubstr(",\"(518) 555-0134\",\"web\","));
    site.database->write(
        [&](db::Transaction& tx) { tx.apply("UPDATE service_servicerequest SET contact_phone = '+1 518 555 0177'"); });
    EXPECT_THAT(csv(), HasSubstr(",\"(518) 555-0177\",\"web\","));
}

TEST_F(ExportPages, ALargeExportComesInPiecesAndMissesNothing)
{
    for (int i = 0; i < 1001; ++i)
        site.submit(site.cast.mei, "Row");
    for (const std::string query : {"", "?q=row"}) {
        const auto all = pieces(query);
        EXPECT_EQ(all.size(), 3U) << query;
        std::int64_t lines = 0;
        for (const std::string& piece : all) {
            EXPECT_LT(piece.size(), 128U * 1024U);
            lines += std::count(piece.begin(), piece.end(), '\n');
        }
        EXPECT_EQ(lines, 1002) << query;
    }
}

TEST_F(ExportPages, TheOrderIsThatOfThePage)
{
    for (int i = 0; i < 3; ++i) {
        site.clock.advance(std::chrono::seconds(1));
        site.submit(site.cast.mei, "Row");
    }
    site.clock.advance(std::chrono::seconds(1));
    ravi.post("/admin/requests/2/comments/", {{"text", "We come"}, {"visibility", "public"}});
    const auto order = [&](std::string_view query) {
        std::string ids;
        const std::string all = csv(query);
        for (auto at = all.find("\r\n"); at + 2 < all.size(); at = all.find("\r\n", at + 2))
            ids += all[at + 2];
        return ids;
    };
    for (const std::string words : {"", "&q=row"}) {
        EXPECT_EQ(order("?sort=newest" + words), "321");
        EXPECT_EQ(order("?sort=oldest" + words), "123");
        EXPECT_EQ(order("?sort=updated" + words), "231");
    }
}

TEST_F(ExportPages, WhatIsAddedMeanwhileComesTooWhenItIsLast)
{
    for (int i = 0; i < 500; ++i)
        site.submit(site.cast.mei, "Row");
    http::Response response = ravi.ask(http::Method::Get, std::string(address).append("?sort=oldest"));
    auto& source = std::get<std::unique_ptr<http::BodySource>>(response.body);
    std::string piece;
    ASSERT_TRUE(source->next(piece));
    site.submit(site.cast.mei, "Late");
    piece.clear();
    EXPECT_FALSE(source->next(piece));
    EXPECT_THAT(piece, StartsWith("501,\"SR-00501\","));
}

TEST_F(ExportPages, WhatChangesMeanwhileIsNotMissedInTheOrderOfUpdates)
{
    for (int i = 0; i < 501; ++i)
        site.submit(site.cast.mei, "Row");
    http::Response response = ravi.ask(http::Method::Get, std::string(address).append("?sort=updated"));
    auto& source = std::get<std::unique_ptr<http::BodySource>>(response.body);
    std::string file;
    ASSERT_TRUE(source->next(file));
    site.clock.advance(std::chrono::seconds(1));
    ravi.post("/admin/requests/1/comments/", {{"text", "We come"}, {"visibility", "public"}});
    while (source->next(file)) {
    }
    EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), 502);
    EXPECT_THAT(file, HasSubstr("\n1,\"SR-00001\","));
}

TEST_F(ExportPages, AnExcelFileHoldsTheSameRows)
{
    for (int i = 0; i < 501; ++i)
        site.submit(site.cast.mei, "=1+1 <Row> & \x01\uFFFF");
    const auto response = ravi.ask(http::Method::Get, std::string(address).append("?format=xlsx&q=row"));
    EXPECT_EQ(response.content_type, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    const std::string file = csv("?format=xlsx&q=row");
    EXPECT_THAT(file, StartsWith("PK"));
    const support::TemporaryDirectory directory;
    std::ofstream(directory.path() / "file.xlsx", std::ios::binary) << file;
    const std::string extract = "cd '" + directory.path().string() + "' && python3 -m zipfile -e file.xlsx .";
    ASSERT_EQ(std::system(extract.c_str()), 0);
    const std::string sheet = base::read_file(directory.path() / "xl/worksheets/sheet1.xml");
    EXPECT_THAT(sheet, AllOf(HasSubstr("SR-00501"), HasSubstr("=1+1 &lt;Row&gt; &amp; "), Not(HasSubstr("<f>")),
                           Not(HasSubstr("\uFFFF")), HasSubstr("\uFFFD")));
    EXPECT_LT(sheet.find("SR-00501"), sheet.find("SR-00001")) << "in the order of the page";
    std::size_t rows = 0;
    for (auto at = sheet.find("<row "); at != std::string::npos; at = sheet.find("<row ", at + 1))
        ++rows;
    EXPECT_EQ(rows, 502U);
    for (const std::string row : {"<row r=\"1\"", "<row r=\"2\"", "<row r=\"502\""})
        EXPECT_THAT(sheet, HasSubstr(row)) << "Excel takes an empty row for the end of a table";
}

TEST_F(ExportPages, AnUnknownFormatIsRefused)
{
    EXPECT_EQ(ravi.get(std::string(address).append("?format=ods")).status, 400);
    EXPECT_EQ(exports(), 0);
}

TEST_F(ExportPages, AnExportIsRecordedWithItsFilterButLookingIsNot)
{
    ravi.ask(http::Method::Get, "/admin/requests/export.csv?status=Pending&q=meter");
    EXPECT_EQ(exports(), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event e JOIN auth_user u ON u.id = e.actor_id "
                                   "WHERE e.kind = 'exported' AND u.username = 'ravi' "
                                   "AND e.after_value = '?status=Pending&q=meter'"),
        1);
    const auto looked = ravi.ask(http::Method::Head, address);
    EXPECT_EQ(looked.status, http::Status::Ok);
    EXPECT_EQ(looked.text(), "");
    EXPECT_EQ(exports(), 1);
}

TEST_F(ExportPages, PagesOfOtherSitesCannotCauseOne)
{
    for (const auto& [name, value] : {std::pair<std::string, std::string>{"sec-fetch-site", "cross-site"},
             {"sec-fetch-site", "same-site"}, {"origin", "https://evil.example"}, {"origin", "null"}}) {
        Client browser(site);
        browser.sign_in_as(site.cast.ravi);
        browser.set_header(name, value);
        EXPECT_EQ(browser.get(address).status, 403) << value;
        EXPECT_EQ(exports(), 0) << value;
    }
    for (const std::string own : {"same-origin", "none"}) {
        ravi.set_header("sec-fetch-site", own);
        EXPECT_EQ(ravi.get(address).status, 200) << own;
    }
    EXPECT_EQ(exports(), 2);
}

TEST_F(ExportPages, WhoMustChangeThePasswordDoesThatFirst)
{
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET must_change_password = 1 WHERE username = 'ravi'"); });
    EXPECT_EQ(ravi.get(address).location(), "/account/password/");
    EXPECT_EQ(exports(), 0);
}

TEST_F(ExportPages, CustomersAndGuestsGetNothing)
{
    site.submit(site.cast.mei, "Boiler");
    const auto refused = Client(site).sign_in_as(site.cast.mei).get(address);
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, Not(HasSubstr("SR-")));
    EXPECT_EQ(Client(site).get(address).status, 303);
    EXPECT_EQ(exports(), 0);
}

} // namespace
