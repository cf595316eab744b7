#pragma once

// A file of the browser's side and the name under which it is served: that name carries the hash of the content, so
// browsers may keep the file for ever.

#include <string>
#include <string_view>
#include <vector>

namespace asset_compiler {

struct AssetFile
{
    std::string name;  // "app.css", how templates ask for it
    std::string bytes; // as served, references already rewritten
    std::string hash;  // the first ten digits of the SHA-256 of bytes
    std::string path;  // "/static/app.3f9c21ab07.css"
};

/// A file with its hash and served path worked out from its bytes.
AssetFile make_asset_file(std::string name, std::string bytes);

/// The media type for the name's ending; throws std::runtime_error for an ending that is not known.
std::string_view content_type(std::string_view name);

/// The style sheet with every "/static/NAME" replaced by that file's served path; throws std::runtime_error when a
/// NAME is not among the files.
std::string rewrite_references(std::string_view css, const std::vector<AssetFile>& files);

/// All files ready to be served, style sheets last; names must differ or std::runtime_error is thrown.
std::vector<AssetFile> prepare(std::vector<AssetFile> files);

} // namespace asset_compiler
