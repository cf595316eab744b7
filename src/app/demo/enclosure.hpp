#pragma once

#include "app/demo/story.hpp"
#include "attachments/store.hpp"

#include <cstdint>
#include <string>

namespace app::demo {

/// Draws a picture or writes a document, the same for the same seed, and keeps it in the store.
attachments::StoredFile make_enclosure(attachments::Store& store, Enclosure kind, std::uint64_t seed);

/// A PNG of a meter's dial on a brick wall, 320 × 240.
std::string draw_photo(std::uint64_t seed);
/// A one-page PDF with the text, which holds no brackets or backslashes.
std::string write_document(std::string_view text);

} // namespace app::demo
