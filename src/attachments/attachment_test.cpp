#include "attachments/attachment.hpp"

#include "base/error.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

using namespace attachments;
using base::Visibility;
using ::testing::SizeIs;

namespace {

class Attachments : public support::ServiceDesk
{
  protected:
    AttachmentId attach(const Place& place)
    {
        const std::string stored = "0000000000000000000000000000000" + std::to_string(added_++);
        return database->write([&](db::Transaction& tx) {
            return add_attachment(tx, act(cast.mei),
                {.stored_name = stored, .name = "meter.jpg", .content_type = "image/jpeg", .size = 3, .sha256 = "abc"},
                place);
        });
    }
    Attachment get(ServiceRequestId request, AttachmentId id, Visibility deepest)
    {
        return get_attachment(*database->read(), request, id, deepest);
    }
    std::vector<Attachment> list(ServiceRequestId request, Visibility deepest)
    {
        return list_attachments(*database->read(), request, deepest);
    }

  private:
    int added_ = 0;
};

} // namespace

TEST_F(Attachments, ARowKeepsWhatIsKnownAndRaisesTheCount)
{
    const auto request = submit(cast.mei, "Boiler is cold");
    const auto id = attach({.service_request = request});

    const auto found = get(request, id, Visibility::Public);
    EXPECT_EQ(found.name, "meter.jpg");
    EXPECT_EQ(found.size, 3U);
    EXPECT_TRUE(found.is_image());
    EXPECT_EQ(found.created_at, clock.now());
    EXPECT_EQ(seen_by(cast.mei, request).attachments, 1);
    EXPECT_THAT(list(request, Visibility::Public), SizeIs(1));
}

TEST_F(Attachments, FilesOfInternalCommentsNeverReachTheCustomer)
{
    const auto request = submit(cast.mei, "Boiler is cold");
    const auto note = comment(cast.ravi, request, "Look at this", Visibility::Internal);
    const auto id = attach({.service_request = request, .comment = note});

    EXPECT_EQ(get(request, id, Visibility::Internal).visibility, Visibility::Internal);
    EXPECT_THROW(get(request, id, Visibility::Public), base::NotFound);
    EXPECT_THAT(list(request, Visibility::Public), SizeIs(0));
    EXPECT_THAT(list(request, Visibility::Internal), SizeIs(1));
    EXPECT_EQ(seen_by(cast.mei, request).attachments, 0);
    EXPECT_EQ(seen_by(cast.mei, request).internal_attachments, 0);
    EXPECT_EQ(seen_by(cast.ravi, request).internal_attachments, 1);
}

TEST_F(Attachments, AnotherServiceRequestsAttachmentIsNotFound)
{
    const auto hers = submit(cast.mei, "One");
    const auto his = submit(cast.omar, "Two");
    const auto id = attach({.service_request = hers});

    EXPECT_THROW(get(his, id, Visibility::Internal), base::NotFound);
    EXPECT_NO_THROW(get(hers, id, Visibility::Public));
    const auto said = comment(cast.omar, his, "Mine");
    EXPECT_THROW(attach({.service_request = hers, .comment = said}), base::NotFound);
    EXPECT_EQ(seen_by(cast.mei, hers).attachments, 1);
}

TEST(CleanName, KeepsTheBaseNameWithTheExtensionOfTheRealType)
{
    EXPECT_EQ(clean_name("meter.jpg", "image/jpeg"), "meter.jpg");
    EXPECT_EQ(clean_name("Meter reading.JPEG", "image/jpeg"), "Meter reading.jpg");
    EXPECT_EQ(clean_name("C:\\Users\\Mei\\bill.pdf", "application/pdf"), "bill.pdf");
    EXPECT_EQ(clean_name("../../etc/passwd", "image/png"), "passwd.png");
    EXPECT_EQ(clean_name("Ñandú 名前.heic", "image/heic"), "Ñandú 名前.heic");
    EXPECT_EQ(clean_name("photo", "image/webp"), "photo.webp");
    EXPECT_EQ(clean_name("IMG_0042.HEIF", "image/heic"), "IMG_0042.heic");
    EXPECT_EQ(clean_name("saved.jfif", "image/jpeg"), "saved.jpg");
}

TEST(CleanName, KeepsWhatTellsTwoFilesApart)
{
    EXPECT_EQ(clean_name("Invoice No. 12", "image/jpeg"), "Invoice No. 12.jpg");
    EXPECT_EQ(clean_name("Invoice No. 13", "image/jpeg"), "Invoice No. 13.jpg");
    EXPECT_EQ(clean_name("Invoice No. 12.pdf", "application/pdf"), "Invoice No. 12.pdf");
    EXPECT_EQ(clean_name("scan.1", "application/pdf"), "scan_1.pdf");
    EXPECT_EQ(clean_name("meter.front", "image/png"), "meter_front.png");
    EXPECT_EQ(clean_name("2026.11.03", "image/png"), "2026_11_03.png");
}

TEST(CleanName, TakesNoTricks)
{
    EXPECT_EQ(clean_name("bill.exe", "application/pdf"), "bill_exe.pdf");
    EXPECT_EQ(clean_name("bill.pdf.exe", "application/pdf"), "bill_pdf_exe.pdf");
    EXPECT_EQ(clean_name("photo.php.jpg", "image/jpeg"), "photo_php.jpg");
    EXPECT_EQ(clean_name("..", "image/png"), "attachment.png");
    EXPECT_EQ(clean_name("", "image/png"), "attachment.png");
    EXPECT_EQ(clean_name(".htaccess", "image/png"), "htaccess.png");
    EXPECT_EQ(clean_name("-rf .png", "image/png"), "rf.png");
    EXPECT_EQ(clean_name("a\u202Egpj.exe", "image/jpeg"), "agpj_exe.jpg");
    EXPECT_EQ(clean_name("a\u200B\uFEFFb\r\nSet-Cookie: x.png", "image/png"), "abSet-Cookie_ x.png");
    EXPECT_EQ(clean_name(std::string("a\0b.png", 7), "image/png"), "ab.png");
    EXPECT_EQ(clean_name("bad\xFF\xC3utf8.png", "image/png"), "badutf8.png");
    EXPECT_EQ(clean_name("say \"hi\"<b>.png", "image/png"), "say _hi__b_.png");
    std::string long_name;
    for (int i = 0; i < 500; ++i) {
        long_name += "ñ";
    }
    EXPECT_EQ(clean_name(long_name + ".png", "image/png"), long_name.substr(0, 2 * 116) + ".png");
}
