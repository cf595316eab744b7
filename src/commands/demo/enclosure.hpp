#pragma once

#include "attachments/attachment.hpp"
#include "commands/demo/story.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <string>

namespace commands::demo {

/// Draws a picture or writes a document, the same for the same seed, and keeps it in the store.
attachments::StoredFile make_enclosure(storage::Store& store, Enclosure kind, std::uint64_t seed);

/// A PNG of a meter's dial on a brick wall, 320 × 240.
std::string draw_photo(std::uint64_t seed);
/// A one-page PDF with the text, which holds no brackets or backslashes.
std::string write_document(std::string_view text);

} // namespace commands::demo
