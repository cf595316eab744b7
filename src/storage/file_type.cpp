#include "storage/file_type.hpp"

#include "base/file.hpp"

#include <array>
#include <fcntl.h>
#include <magic.h>
#include <mutex>
#include <stdexcept>

namespace storage {

namespace {

constexpr std::size_t signature_bytes = 32;
/// Photos and PDFs are told apart by their first bytes, so the tests of text and of containers are left out.
constexpr int magic_flags = MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                            MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_ENCODING |
                            MAGIC_NO_CHECK_APPTYPE | MAGIC_NO_CHECK_TOKENS | MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_JSON;

bool is_heic_brand(std::string_view brand)
{
    constexpr std::array<std::string_view, 8> brands{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"};
    for (const std::string_view known : brands) {
        if (brand == known) {
            return true;
        }
    }
    return false;
}

bool agrees(std::string_view ours, std::string_view magic)
{
    if (ours != "image/heic") {
        return ours == magic;
    }
    return magic == "image/heic" || magic == "image/heif" || magic == "image/heic-sequence" ||
           magic == "image/heif-sequence";
}

} // namespace

std::optional<std::string_view> type_by_signature(std::string_view first_bytes)
{
    using namespace std::string_view_literals;
    if (first_bytes.starts_with("\xFF\xD8\xFF"sv)) {
        return "image/jpeg";
    }
    if (first_bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) {
        return "image/png";
    }
    if (first_bytes.starts_with("RIFF"sv) && first_bytes.size() >= 12 && first_bytes.substr(8, 4) == "WEBP"sv) {
        return "image/webp";
    }
    // Some programs write a byte order mark before it.
    if (first_bytes.starts_with("%PDF-"sv) || first_bytes.starts_with("\xEF\xBB\xBF%PDF-"sv)) {
        return "application/pdf";
    }
    if (first_bytes.size() >= 12 && first_bytes.substr(4, 4) == "ftyp"sv && is_heic_brand(first_bytes.substr(8, 4))) {
        return "image/heic";
    }
    return std::nullopt;
}

struct TypeDetector::Magic
{
    /// A magic_t must not be used by two threads at once; a look takes well under a millisecond.
    std::mutex mutex;
    std::unique_ptr<magic_set, decltype(&magic_close)> rules{nullptr, &magic_close};
};

TypeDetector::TypeDetector() : magic_(std::make_unique<Magic>()) {}

TypeDetector::~TypeDetector() = default;

std::optional<std::string> TypeDetector::detect(const std::filesystem::path& file)
{
    const base::Descriptor descriptor = base::open_file(file, O_RDONLY | O_NOFOLLOW);
    const std::string first_bytes = base::read_some(descriptor, signature_bytes);
    const auto ours = type_by_signature(first_bytes);
    if (!ours) {
        return std::nullopt;
    }
    const std::lock_guard lock(magic_->mutex);
    if (!magic_->rules) {
        magic_->rules.reset(magic_open(magic_flags));
        if (!magic_->rules || magic_load(magic_->rules.get(), nullptr) != 0) {
            magic_->rules.reset();
            throw std::runtime_error("libmagic cannot load its rules");
        }
    }
    const char* const type = magic_file(magic_->rules.get(), file.c_str());
    if (type == nullptr || !agrees(*ours, type)) {
        return std::nullopt;
    }
    return std::string(*ours);
}

} // namespace storage
