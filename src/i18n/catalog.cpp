#include "i18n/catalog.hpp"

#include <stdexcept>
#include <utility>

namespace i18n {
namespace {

// File format: GNU gettext manual, "The Format of GNU MO Files".
constexpr std::uint32_t magic = 0x950412de;
constexpr std::uint32_t swapped_magic = 0xde120495;

[[noreturn]] void fail(const char* what)
{
    throw std::runtime_error(std::string("message catalogue: ") + what);
}

std::string_view header_field(std::string_view header, std::string_view name)
{
    const auto at = header.find(name);
    if (at == std::string_view::npos)
        return {};
    const auto value = header.substr(at + name.size());
    return value.substr(0, value.find('\n'));
}

// A message with plural forms keeps them separated by NUL; the msgid's first part alone is the key.
std::string_view part(std::string_view parts, std::size_t index)
{
    for (; index > 0; --index) {
        const auto end = parts.find('\0');
        if (end == std::string_view::npos)
            return {};
        parts.remove_prefix(end + 1);
    }
    return parts.substr(0, parts.find('\0'));
}

} // namespace

Catalog::Catalog(std::string mo_bytes) : bytes_(std::move(mo_bytes))
{
    const auto found = number_at(0);
    if (found != magic && found != swapped_magic)
        fail("not an .mo file");
    swapped_ = found == swapped_magic;
    if (number_at(4) >> 16 > 1)
        fail("unknown major revision");
    const auto count = number_at(8);
    const std::uint64_t originals = number_at(12);
    const std::uint64_t translations = number_at(16);
    for (std::uint64_t i = 0; i < count; ++i)
        messages_.emplace(part(string_at(originals + 8 * i), 0), string_at(translations + 8 * i));
    if (const auto header = messages_.find(""); header != messages_.end()) {
        read_header(header->second);
        messages_.erase(header);
    }
}

void Catalog::read_header(std::string_view header)
{
    const auto type = header_field(header, "Content-Type:");
    if (type.find("UTF-8") == std::string_view::npos && type.find("utf-8") == std::string_view::npos)
        fail("charset must be UTF-8");
    if (const auto forms = header_field(header, "Plural-Forms:"); !forms.empty())
        plural_rule_ = PluralRule(forms);
}

std::uint32_t Catalog::number_at(std::uint64_t offset) const
{
    if (offset + 4 > bytes_.size())
        fail("truncated");
    std::uint32_t number = 0;
    for (unsigned i = 0; i < 4; ++i) {
        const auto byte = static_cast<unsigned char>(bytes_[static_cast<std::size_t>(offset) + i]);
        number |= static_cast<std::uint32_t>(byte) << (swapped_ ? 24 - 8 * i : 8 * i);
    }
    return number;
}

std::string_view Catalog::string_at(std::uint64_t descriptor) const
{
    const std::uint64_t length = number_at(descriptor);
    const std::uint64_t offset = number_at(descriptor + 4);
    if (offset + length > bytes_.size())
        fail("truncated");
    return std::string_view(bytes_).substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
}

std::string_view Catalog::translate(std::string_view message) const
{
    const auto found = messages_.find(message);
    if (found == messages_.end())
        return message;
    const auto translation = part(found->second, 0);
    return translation.empty() ? message : translation;
}

std::string_view Catalog::translate_plural(std::string_view one, std::string_view many, std::uint64_t count) const
{
    if (const auto found = messages_.find(one); found != messages_.end()) {
        const auto translation = part(found->second, plural_rule_.form(count));
        if (!translation.empty())
            return translation;
    }
    // Forms that C++ keeps apart in two MessageIds are two messages of the catalogue.
    return translate(count == 1 ? one : many);
}

} // namespace i18n
