#include "pages/settings/security/qr_code.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace pages::settings {

namespace {

constexpr int border = 4;

struct Free
{
    void operator()(QRcode* code) const { QRcode_free(code); }
};

bool is_dark(const QRcode& code, int x, int y)
{
    return x < code.width && (code.data[y * code.width + x] & 1U) != 0;
}

} // namespace

QrCode qr_code(const std::string& text)
{
    const std::unique_ptr<QRcode, Free> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (!code)
        throw std::runtime_error("a QR code cannot hold this text");
    QrCode drawn{.size = code->width + 2 * border, .path = {}};
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            const int begin = x;
            while (is_dark(*code, x, y))
                ++x;
            if (x > begin)
                drawn.path += fmt::format("M{} {}h{}v1h-{}z", begin + border, y + border, x - begin, x - begin);
        }
    }
    return drawn;
}

} // namespace pages::settings
