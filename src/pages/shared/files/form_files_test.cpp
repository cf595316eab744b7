#include "support/pictures.hpp"
#include "support/test_site.hpp"

#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Answer;
using support::Client;
using support::tiny_jpeg;
using support::tiny_png;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using Files = std::vector<std::pair<std::string, std::string>>;

class FormFiles : public testing::Test
{
  protected:
    FormFiles() { mei.sign_in_as(site.cast.mei); }

    std::vector<http::UploadedFile> uploads(const Files& files, const Files& previews = {})
    {
        std::vector<http::UploadedFile> all;
        for (const auto& [name, bytes] : files)
            all.push_back(site.upload(name, bytes));
        for (const auto& [place, bytes] : previews) {
            all.push_back(site.upload(place, bytes));
            all.back().field = "previews";
        }
        return all;
    }
    std::vector<http::UploadedFile> meter() { return uploads({{"meter.png", tiny_png()}}); }
    Answer create(Client::Fields fields, std::vector<http::UploadedFile> files = {})
    {
        fields.insert(fields.begin(), {{"request_type", "other"}, {"description", "See photo"}});
        return mei.post("/service/create/", std::move(fields), std::move(files));
    }
    std::string receipt(const Answer& sent) { return mei.get(sent.location()).body; }
    std::int64_t number(db::Sql sql) { return site.database.number(sql); }
    std::int64_t attachments() { return number("SELECT count(*) FROM service_attachment"); }
    std::int64_t requests() { return number("SELECT count(*) FROM service_servicerequest"); }
    std::string file_at(const std::string& path)
    {
        const http::Response answer = mei.ask(http::Method::Get, path);
        const auto* body = std::get_if<http::FileBody>(&answer.body);
        return body ? base::read_some(body->file, std::size_t{1} << 20U) : std::string();
    }
    /// What the held files' boxes send, all of them ticked.
    Client::Fields ticked()
    {
        Client::Fields fields;
        const auto lease = site.database->read();
        for (const db::Row row : lease->query("SELECT id FROM service_held_file ORDER BY id"))
            fields.emplace_back("held", std::to_string(row.integer(0)));
        return fields;
    }

    const std::string cut_off = tiny_png().substr(0, 40);
    support::TestSite site;
    Client mei{site};
};

TEST_F(FormFiles, OneQuestionNamesEachFileThatCannotGoAndKeepsTheOthers)
{
    auto files = uploads({{"meter.png", tiny_png()}, {"film.mov", "moov"}, {"half.png", cut_off}, {"no.png", ""}});
    files.push_back(site.upload("huge.jpg", tiny_png()));
    files.back().too_large = true;
    const auto page = create({}, std::move(files));

    EXPECT_EQ(page.status, 413);
    EXPECT_THAT(page.body, AllOf(HasSubstr("4 files can’t be sent"), HasSubstr("“film.mov” is not a JPEG"),
                               HasSubstr("“half.png” arrived incomplete or is damaged. Send it again, or another one."),
                               HasSubstr("“no.png” is empty"), HasSubstr("“huge.jpg” is too large")));
    EXPECT_THAT(page.body,
        AllOf(HasSubstr("Send without them"), HasSubstr("Choose others"), HasSubstr("See photo"),
            HasSubstr("Already here"), HasSubstr("<bdi>meter.png</bdi>"), Not(HasSubstr("Choose your files again"))));
    EXPECT_EQ(requests(), 0);

    Client::Fields again = ticked();
    ASSERT_EQ(again.size(), 1U);
    again.insert(again.end(), {{"without_refused", "1"}, {"left_out", "wrong_kind film.mov"},
                                  {"left_out", "too_large huge.jpg"}, {"left_out", "nonsense a.jpg"}});
    const auto sent = create(again);
    ASSERT_EQ(sent.status, 303);
    EXPECT_EQ(attachments(), 1);
    EXPECT_THAT(receipt(sent),
        AllOf(HasSubstr("1 file arrived"), HasSubstr("meter.png"), HasSubstr("2 files did not arrive"),
            HasSubstr("“film.mov” did not arrive"), HasSubstr("“huge.jpg” did not arrive: it is too large")));
}

TEST_F(FormFiles, TheReceiptNamesWhatAScriptDidNotSend)
{
    const auto sent = create({{"not_sent", "too_large plan.pdf"}, {"left_out", "empty never-answered.jpg"}});
    ASSERT_EQ(sent.status, 303);
    EXPECT_THAT(receipt(sent), AllOf(HasSubstr("1 file did not arrive"), HasSubstr("“plan.pdf” did not arrive"),
                                   Not(HasSubstr("never-answered"))));
}

TEST_F(FormFiles, AFileThatIsChosenAgainUnderItsNameArrived)
{
    const auto sent = create({{"without_refused", "1"}, {"left_out", "too_large meter.png"}}, meter());
    EXPECT_THAT(receipt(sent), AllOf(HasSubstr("1 file arrived"), Not(HasSubstr("did not arrive"))));
    const auto leak = mei.post("/service/create/",
        {{"request_type", "gas-leak"}, {"account", "other"}, {"address", "9 Mill"}, {"not_sent", "empty meter.png"}},
        meter());
    EXPECT_THAT(receipt(leak), AllOf(HasSubstr("1 file arrived"), Not(HasSubstr("did not arrive"))));

    const auto worse = mei.post("/service/create/",
        {{"request_type", "other"}, {"description", "Again"}, {"without_refused", "1"},
            {"left_out", "too_large meter.png"}},
        uploads({{"meter.png", "only words"}}));
    EXPECT_THAT(receipt(worse), AllOf(HasSubstr("1 file did not arrive"), Not(HasSubstr("too large")),
                                    HasSubstr("“meter.png” did not arrive: it is not a photo")));
}

TEST_F(FormFiles, OfTwoFilesWithOneNameTheOneThatIsRefusedIsNamed)
{
    const auto page = create({}, uploads({{"meter.png", tiny_png()}, {"meter.png", "only words"}}));
    EXPECT_THAT(page.body, AllOf(HasSubstr("1 file can’t be sent"), HasSubstr("value=\"wrong_kind meter.png\"")));
    Client::Fields again = ticked();
    ASSERT_EQ(again.size(), 1U);
    again.insert(again.end(), {{"without_refused", "1"}, {"left_out", "wrong_kind meter.png"}});
    EXPECT_THAT(receipt(create(again)), AllOf(HasSubstr("1 file arrived"), HasSubstr("1 file did not arrive"),
                                            HasSubstr("“meter.png” did not arrive: it is not a photo")));

    const auto both =
        mei.post("/service/create/", {{"request_type", "other"}, {"description", "Both"}, {"without_refused", "1"},
                                         {"left_out", "wrong_kind meter.png"}, {"left_out", "wrong_kind meter.png"}});
    EXPECT_THAT(receipt(both), HasSubstr("2 files did not arrive"));
}

TEST_F(FormFiles, AScriptKnowsWhichOfTwoFilesWithOneNameItLeftOut)
{
    mei.set_header("x-files-kept", "1");
    // Once from the script and once from the page that it has put in the place of its own.
    const auto sent = create({{"not_sent", "too_large meter.png"}, {"not_sent", "too_large meter.png"}}, meter());
    EXPECT_THAT(receipt(sent), AllOf(HasSubstr("1 file arrived"), HasSubstr("1 file did not arrive"),
                                   HasSubstr("“meter.png” did not arrive: it is too large")));
}

TEST_F(FormFiles, WhatALeakGoesWithoutIsNamedAlsoWhenItsFormCameBackFirst)
{
    const auto asked = mei.post("/service/create/", {{"request_type", "gas-leak"}, {"account", "other"}},
        uploads({{"fake.jpg", "only words"}, {"meter.png", tiny_png()}}));
    ASSERT_EQ(asked.status, 422) << "it asks for the address";
    EXPECT_THAT(asked.body, HasSubstr("name=\"not_sent\" value=\"wrong_kind fake.jpg\""));

    const auto sent =
        mei.post("/service/create/", {{"request_type", "gas-leak"}, {"account", "other"}, {"address", "9 Mill Lane"},
                                         {"not_sent", "wrong_kind fake.jpg"}});
    ASSERT_EQ(sent.status, 303);
    EXPECT_THAT(receipt(sent), HasSubstr("“fake.jpg” did not arrive"));
}

TEST_F(FormFiles, TheEleventhFileIsNamed)
{
    Files files;
    for (int i = 1; i <= 11; ++i)
        files.emplace_back("p" + std::to_string(i) + ".png", tiny_png());

    const auto page = create({}, uploads(files));
    EXPECT_EQ(page.status, 413);
    EXPECT_THAT(page.body, AllOf(HasSubstr("1 file can’t be sent"), HasSubstr("“p11.png” is one too many"),
                               Not(HasSubstr("“p10.png”")), HasSubstr("Send without it")));
    EXPECT_EQ(ticked().size(), 10U);
    EXPECT_EQ(create({{"without_refused", "1"}}, uploads(files)).status, 303);
    EXPECT_EQ(attachments(), 10);
}

TEST_F(FormFiles, AFormThatComesBackForAnotherReasonKeepsItsFiles)
{
    const Client::Fields no_type = {{"description", "See photo"}};
    const auto page = mei.post("/service/create/", no_type, uploads({{"meter.png", tiny_png()}}));
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, AllOf(HasSubstr("Already here"), Not(HasSubstr("name=\"without_refused\""))));

    Client::Fields still_no_type = no_type;
    for (const auto& box : ticked())
        still_no_type.push_back(box);
    EXPECT_THAT(mei.post("/service/create/", still_no_type).body, HasSubstr("Already here"));
    EXPECT_EQ(ticked().size(), 1U) << "what is held is not held twice";
    const auto first = create(ticked());
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(attachments(), 1);
}

TEST_F(FormFiles, ADoubleClickWithHeldFilesMakesOneRequest)
{
    mei.post("/service/create/", {{"description", "See photo"}}, uploads({{"meter.png", tiny_png()}}));
    Client::Fields fields = ticked();
    fields.emplace_back("submission", "key-of-this-form-000000");

    const auto first = create(fields);
    EXPECT_EQ(create(fields).location(), first.location());
    EXPECT_EQ(requests(), 1);
    EXPECT_EQ(attachments(), 1);
}

TEST_F(FormFiles, NobodySendsTheFilesOfSomebodyElse)
{
    mei.post("/service/create/", {{"description", "See photo"}}, uploads({{"meter.png", tiny_png()}}));
    const Client::Fields boxes = ticked();
    Client omar(site);
    omar.sign_in_as(site.cast.omar);

    Client::Fields fields = {{"request_type", "other"}, {"description", "Mine"}};
    fields.insert(fields.end(), boxes.begin(), boxes.end());
    const auto page = omar.post("/service/create/", fields);
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, HasSubstr("A file that was here is gone"));
    EXPECT_EQ(attachments(), 0);
}

TEST_F(FormFiles, AScriptThatHasTheFilesNeedsNoneHeld)
{
    mei.set_header("x-files-kept", "1");
    const auto page = mei.post("/service/create/", {{"description", "See"}}, uploads({{"meter.png", tiny_png()}}));
    EXPECT_EQ(page.status, 422);
    EXPECT_EQ(ticked().size(), 0U);
    EXPECT_EQ(site.count_files(), 0U);
}

TEST_F(FormFiles, TheQuestionAboutASecondRequestHoldsTheFilesToo)
{
    create({});
    const auto asked = create({}, uploads({{"meter.png", tiny_png()}}));
    EXPECT_EQ(asked.status, 409);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("You already sent this"), HasSubstr("Already here")));

    Client::Fields again = ticked();
    again.emplace_back("again", "1");
    EXPECT_EQ(create(again).status, 303);
    EXPECT_EQ(attachments(), 1);
}

TEST_F(FormFiles, ALeakReportIsNeverHeldUpByAFile)
{
    auto files = uploads({{"meter.png", tiny_png()}, {"half.png", cut_off}, {"film.mov", "moov"}});
    files.push_back(site.upload("huge.jpg", tiny_png()));
    files.back().too_large = true;
    mei.set_fault(http::BodyFault::FileTooLarge);
    const auto sent = mei.post(
        "/service/create/", {{"request_type", "gas-leak"}, {"not_sent", "too_many twelfth.jpg"}}, std::move(files));

    ASSERT_EQ(sent.status, 303);
    EXPECT_EQ(attachments(), 2) << "half a photo of a leak may be all that there is";
    EXPECT_THAT(receipt(sent),
        AllOf(HasSubstr("We have your report"), HasSubstr("2 files arrived"), HasSubstr("3 files did not arrive"),
            HasSubstr("“film.mov” did not arrive"), HasSubstr("“huge.jpg”"), HasSubstr("“twelfth.jpg”")));

    for (const auto fault : {http::BodyFault::DiskFull, http::BodyFault::TooLarge, http::BodyFault::TooManyFiles}) {
        mei.set_fault(fault);
        const auto also = mei.post("/service/create/", {{"request_type", "gas-leak"}, {"description", "It smells"}});
        ASSERT_EQ(also.status, 303);
        EXPECT_THAT(receipt(also), HasSubstr("Some files did not arrive."));
    }
}

TEST_F(FormFiles, ACommentAsksTheSame)
{
    const std::string url = create({}).location().substr(0, std::string("/service/1/").size());
    const auto page =
        mei.post(url + "comments/", {{"text", "See"}}, uploads({{"meter.png", tiny_png()}, {"half.png", cut_off}}));
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, AllOf(HasSubstr("arrived incomplete"), HasSubstr("Send without it"),
                               HasSubstr("form=\"comment\""), HasSubstr("Already here")));

    mei.set_header("accept", "text/html; fragment");
    const auto fragment = mei.post(url + "comments/", {{"text", ""}}, uploads({{"half.png", cut_off}}));
    EXPECT_THAT(fragment.body, AllOf(HasSubstr("Send without it"), Not(HasSubstr("<html"))));
    EXPECT_EQ(
        mei.post(url + "comments/", {{"text", ""}, {"without_refused", "1"}}, uploads({{"half.png", cut_off}})).status,
        422)
        << "nothing is left to send";
    EXPECT_EQ(attachments(), 0);
}

TEST_F(FormFiles, SendAndResolveAsksAndStillResolves)
{
    create({});
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    const std::string desk = "/admin/requests/1/";
    const Client::Fields fields = {
        {"text", "Done"}, {"visibility", "public"}, {"version", "1"}, {"send_and", "Resolved"}};

    const auto page = ravi.post(desk + "status/", fields, uploads({{"meter.png", tiny_png()}, {"half.png", cut_off}}));
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, AllOf(HasSubstr("form=\"write\" name=\"send_and\" value=\"Resolved\""),
                               HasSubstr("formaction=\"/admin/requests/1/status/?without_refused=1\"")));
    Client::Fields again = fields;
    for (const auto& box : ticked())
        again.push_back(box);
    EXPECT_EQ(ravi.post(desk + "status/?without_refused=1", again).status, 303);
    EXPECT_EQ(attachments(), 1);
    EXPECT_EQ(number("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'"), 1);
}

TEST_F(FormFiles, APreviewIsShownWithItsSidesAndTheFullPhotoIsNot)
{
    const auto sent = create({}, uploads({{"half.txt", "no"}, {"a.png", tiny_png()}, {"b.png", tiny_png()}},
                                     {{"1", tiny_jpeg(320, 200)}, {"2", "<svg/>"}, {"7", tiny_jpeg(3, 2)}}));
    EXPECT_EQ(sent.status, 422) << "half.txt is asked about";
    const auto kept = create({{"without_refused", "1"}},
        uploads({{"a.png", tiny_png()}, {"b.png", tiny_png()}}, {{"0", tiny_jpeg(320, 200)}, {"1", "<svg/>"}}));
    ASSERT_EQ(kept.status, 303);
    EXPECT_EQ(number("SELECT count(*) FROM service_attachment_preview"), 1);

    const std::string page = receipt(kept);
    EXPECT_THAT(page,
        AllOf(HasSubstr("/attachments/1/preview/\" alt=\"\" width=\"320\""), HasSubstr("height=\"200\""),
            HasSubstr("loading=\"lazy\""), HasSubstr("Show</b>"), Not(HasSubstr("src=\"/service/1/attachments/2"))));
    const auto preview = mei.get("/service/1/attachments/1/preview/");
    EXPECT_EQ(preview.status, 200);
    EXPECT_EQ(preview.content_type, "image/jpeg");
    EXPECT_EQ(preview.header("Content-Security-Policy"), "sandbox; default-src 'none'");
    EXPECT_EQ(mei.get("/service/1/attachments/2/preview/").status, 404);
    EXPECT_EQ(Client(site).sign_in_as(site.cast.omar).get("/service/1/attachments/1/preview/").status, 404);
    EXPECT_EQ(Client(site).sign_in_as(site.cast.ravi).get("/service/1/attachments/1/preview/").status, 200);
}

TEST_F(FormFiles, APhotoOfAnInternalNoteIsNotTheCustomersAndItsPreviewNeither)
{
    const ServiceRequestId id = site.submit(site.cast.mei, "Boiler");
    const std::string files = "/service/" + std::to_string(id.value) + "/attachments/1/";
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    ASSERT_EQ(ravi.post("/admin/requests/" + std::to_string(id.value) + "/comments/",
                      {{"text", "Careful, dog"}, {"visibility", "internal"}},
                      uploads({{"dog.png", tiny_png()}}, {{"0", tiny_jpeg(320, 200)}}))
                  .status,
        303);
    ASSERT_EQ(number("SELECT count(*) FROM service_attachment_preview"), 1);

    for (const std::string& path : {files, files + "preview/"}) {
        EXPECT_EQ(mei.get(path).status, 404) << path;
        EXPECT_EQ(ravi.get(path).status, 200) << path;
    }
}

TEST_F(FormFiles, ARefusedSubmissionLeavesNoPreviewBehind)
{
    const auto send = [&] {
        return create(
            {{"submission", "key-of-this-form-000000"}}, uploads({{"a.png", tiny_png()}}, {{"0", tiny_jpeg(32, 20)}}));
    };
    send();
    send();
    EXPECT_EQ(site.count_files(), 2U);
}

TEST_F(FormFiles, APhotoThatNoBrowserShouldDrawIsOnlyDownloaded)
{
    std::string bomb = tiny_png();
    bomb.replace(16, 8, std::string("\0\1\x86\xA0\0\1\x86\xA0", 8));
    const auto sent =
        create({}, uploads({{"bomb.png", bomb}, {"big.jpg", tiny_jpeg(20000, 20000)}, {"meter.png", tiny_png()}},
                       {{"0", tiny_jpeg(320, 240)}, {"1", tiny_jpeg(320, 240)}}));

    EXPECT_EQ(sent.status, 303);
    const std::string page = mei.get("/service/1/").body;
    EXPECT_THAT(page, AllOf(HasSubstr("bomb.png"), HasSubstr("big.jpg"), HasSubstr("meter.png")));
    EXPECT_EQ(number("SELECT count(*) FROM service_attachment WHERE content_type = 'application/octet-stream'"), 2);
    EXPECT_EQ(number("SELECT count(*) FROM service_attachment_preview"), 0);
    for (const std::string id : {"1", "2"}) {
        const auto file = mei.get("/service/1/attachments/" + id + "/");
        EXPECT_EQ(file.content_type, "application/octet-stream");
        EXPECT_THAT(file.header("Content-Disposition"), testing::StartsWith("attachment; "));
        EXPECT_THAT(page, Not(HasSubstr("src=\"/service/1/attachments/" + id)));
    }
    EXPECT_THAT(mei.get("/service/1/attachments/3/").header("Content-Disposition"), testing::StartsWith("inline; "));
}

TEST_F(FormFiles, AreStoredWithoutThePlaceWhereAPhotoWasTakenWhateverFormTheyComeWith)
{
    using namespace std::string_literals;
    const std::string clean = tiny_jpeg(40, 30);
    const std::string photo = clean.substr(0, 2) + "\xFF\xE1\0\x18"s + "Exif\0\0N 42.65 W 73.75 "s + clean.substr(2);
    const std::string heavy = tiny_jpeg(60'000, 60'000);
    const std::string too_heavy_to_draw =
        heavy.substr(0, 2) + "\xFF\xE1\0\x18"s + "Exif\0\0N 42.65 W 73.75 "s + heavy.substr(2);
    const std::string url = create({{"submission", "one"}},
        uploads({{"meter.jpg", photo}, {"wall.jpg", too_heavy_to_draw}},
            {{"0", photo}})).location();
    const std::string request = url.substr(0, url.find("received/"));
    mei.post(request + "comments/", {{"text", "Another"}}, uploads({{"again.jpg", photo}}));
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    ravi.post(
        "/admin/requests/1/comments/", {{"text", "Ours"}, {"visibility", "public"}}, uploads({{"ours.jpg", photo}}));
    // It comes back for its other file, and is sent once more.
    create({{"submission", "two"}}, uploads({{"kept.jpg", photo}, {"film.mov", "moov"}}));
    auto again = ticked();
    again.insert(again.end(), {{"submission", "three"}, {"again", "1"}});
    create(again);

    ASSERT_EQ(attachments(), 5);
    for (const std::string path : {"/service/1/attachments/1/", "/service/1/attachments/1/preview/",
             "/service/1/attachments/3/", "/service/1/attachments/4/", "/service/2/attachments/5/"})
        EXPECT_EQ(file_at(path), clean) << path;
    EXPECT_EQ(file_at("/service/1/attachments/2/"), heavy);
    EXPECT_EQ(number("SELECT COUNT(DISTINCT sha256) FROM service_attachment"), 2);
}

} // namespace
