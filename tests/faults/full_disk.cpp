#include "base/file.hpp"
#include "faults/world.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string_view>
#include <thread>

namespace faults {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr int refusals_wanted = 30;
constexpr int most_tries = 3000;
constexpr int most_texts = 1000;

/// Seen by this process and its children only, and gone with them. False when that is not permitted.
bool mount_small_disk(const fs::path& directory)
{
    fs::create_directories(directory);
    const uid_t user = ::getuid();
    if (::unshare(CLONE_NEWNS) != 0) {
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
            return false;
        const std::string map = fmt::format("0 {} 1", user);
        base::write_all(base::open_file("/proc/self/uid_map", O_WRONLY), map);
    }
    return ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount("tmpfs", directory.c_str(), "tmpfs", 0, "size=40m") == 0;
}

void fill(const fs::path& file)
{
    const base::Descriptor ballast = base::open_file(file, O_WRONLY | O_CREAT | O_APPEND);
    const std::string block(65536, 'x');
    for (std::size_t size = block.size(); size > 0;) {
        if (::write(ballast.get(), block.data(), size) <= 0)
            size /= 2;
    }
}

/// The small disk ends with this process. What a killed server left there may be more than files: its socket.
void keep(const fs::path& disk, const fs::path& place)
{
    fs::remove(disk / "ballast");
    fs::create_directories(place);
    for (const auto& entry : fs::recursive_directory_iterator(disk)) {
        const fs::path kept = place / fs::relative(entry.path(), disk);
        if (entry.is_directory())
            fs::create_directories(kept);
        else if (entry.is_regular_file())
            fs::copy_file(entry.path(), kept);
    }
}

/// A result may be a few seconds old.
void check_readiness(World& world, int status, std::string_view words)
{
    HttpClient probe;
    probe.move_to(world.product.port());
    const auto end = std::chrono::steady_clock::now() + 5s;
    for (;;) {
        const auto answer = probe.get("/readyz");
        if (answer.status == status && answer.body.find(words) != std::string::npos)
            return;
        require(std::chrono::steady_clock::now() < end,
            fmt::format("/readyz gives {} {} instead of {} {}", answer.status, answer.body, status, words));
        std::this_thread::sleep_for(100ms);
    }
}

void check_command(const World& world, int code, std::string_view words)
{
    const int found = world.product.run({"check"});
    require(found == code, fmt::format("check ends with {} instead of {}", found, code));
    const std::string log = base::read_file(world.product.place().log);
    require(log.find(words) != std::string::npos, fmt::format("check does not say \"{}\"", words));
}

void check_reading(World& world)
{
    const auto is_shown = [&](Writer& writer, const std::string& path) {
        const int status = writer.client().get(path).status;
        require(status == 200, fmt::format("with a full disk {} gives {}", path, status));
    };
    for (const char* path : {"/service/", "/service/create/", "/notifications/", "/account/"})
        is_shown(*world.writers.front(), path);
    for (const char* path : {"/admin/", "/admin/requests/", "/admin/requests/?q=meter", "/admin/users/"})
        is_shown(*world.writers.back(), path);
    HttpClient guest;
    guest.move_to(world.product.port());
    require(guest.get("/accounts/login/").status == 200, "with a full disk nobody can open the sign-in page");
}

void run_full(World& world)
{
    int refused = 0;
    for (int tries = 0; refused < refusals_wanted; ++tries) {
        // What fits into the space that SQLite has already is still taken.
        require(tries < most_tries, "a full disk is never felt");
        for (const auto& writer : world.writers)
            refused += writer->step() == 503 ? 1 : 0;
        world.check_complaints();
    }
    // Files are refused by the store; what has none comes to the database itself.
    for (int texts = 0; world.writers.back()->step() != 503; ++texts) {
        require(texts < most_texts, "a text is never refused on a full disk");
        world.check_complaints();
    }
    check_reading(world);
    check_readiness(world, 503, "disk");
    check_command(world, 1, "for data cannot be written to: its disk or quota is full");
}

void recover(World& world)
{
    const auto end = std::chrono::steady_clock::now() + 5s;
    for (const auto& writer : world.writers) {
        while (writer->step() == 503)
            require(std::chrono::steady_clock::now() < end, "5 seconds after there is room it still refuses");
        world.check_complaints();
    }
    check_readiness(world, 200, "ready");
    check_command(world, 0, "for data can be written to");
}

// Sessions unused for a while are noted in the database again at their next request, which must not stop it.
void make_sessions_old(World& world)
{
    world.product.signal(SIGTERM);
    require(world.product.wait(10s) == 0, "it does not end in order");
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open(world.product.database().c_str(), &handle);
    const int changed =
        sqlite3_exec(handle, "UPDATE auth_session SET last_seen_at = last_seen_at - 600000", nullptr, nullptr, nullptr);
    sqlite3_close(handle);
    if (opened != SQLITE_OK || changed != SQLITE_OK)
        throw std::runtime_error("the sessions cannot be made old");
    world.product.start();
    for (const auto& writer : world.writers)
        writer->move_to(world.product.port());
}

void run_rounds(const Options& options)
{
    World world(options);
    world.open();
    world.writers.back()->attach_nothing();
    const fs::path ballast = options.directory / "data/ballast";
    for (int round = 1; round <= options.rounds; ++round) {
        for (const auto& writer : world.writers)
            require(writer->step() != 503, "it refuses although there is room");
        make_sessions_old(world);
        fill(ballast);
        run_full(world);
        fs::remove(ballast);
        recover(world);
        fmt::print("round {:3}: refused in order while full, went on when there was room\n", round);
        std::fflush(stdout);
    }
    world.product.signal(SIGTERM);
    require(world.product.wait(10s) == 0, "it does not end in order");
    world.audit();
    world.open_again();
}

} // namespace

bool run_full_disk(const Options& options)
{
    const fs::path disk = options.directory / "data";
    if (!mount_small_disk(disk))
        return false;
    try {
        run_rounds(options);
    } catch (const Violation&) {
        keep(disk, options.directory / "data.kept");
        throw;
    }
    ::umount2(disk.c_str(), MNT_DETACH);
    return true;
}

} // namespace faults
