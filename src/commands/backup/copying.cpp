#include "commands/backup/copying.hpp"

#include "base/crypto.hpp"

#include <exception>
#include <system_error>

namespace commands::backup {

namespace {

constexpr std::size_t piece = std::size_t{64} << 10U;

Print read_pieces(const base::Descriptor& from, const std::function<void(std::string_view)>& take)
{
    base::Sha256Stream digest;
    Print print;
    for (std::string bytes = base::read_some(from, piece); !bytes.empty(); bytes = base::read_some(from, piece)) {
        digest.update(bytes);
        print.size += bytes.size();
        take(bytes);
    }
    print.sha256 = base::hex(digest.finish());
    return print;
}

/// Tells a failure of the copy from one of the source.
struct WriteFailed
{
    std::exception_ptr error;
};

} // namespace

Print read_whole(const base::Descriptor& from)
{
    return read_pieces(from, [](std::string_view) {});
}

Print copy_whole(const base::Descriptor& from, const std::filesystem::path& to)
{
    const base::Descriptor copy = base::create_file(to);
    const auto write = [&](std::string_view bytes) {
        try {
            base::write_all(copy, bytes);
        } catch (const std::exception&) {
            throw WriteFailed{std::current_exception()};
        }
    };
    Print print;
    try {
        print = read_pieces(from, write);
    } catch (const WriteFailed& failed) {
        std::rethrow_exception(failed.error);
    } catch (const std::system_error& error) {
        throw ReadFailed("it cannot be read: " + error.code().message());
    }
    base::sync_file(copy);
    return print;
}

} // namespace commands::backup
