#pragma once

#include <string>

namespace pages::settings {

/// A QR code as a path of SVG, drawn without scripts.
struct QrCode
{
    /// Squares and the light border that a camera needs.
    int size = 0;
    /// One rectangle for each run of dark squares.
    std::string path;
};
/// Throws std::runtime_error for a text that is too long.
QrCode qr_code(const std::string& text);

} // namespace pages::settings
