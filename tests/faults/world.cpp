#include "faults/world.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>

namespace faults {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr auto sweep_patience = 20s;

Product::Place place_of(const Options& options)
{
    return {.binary = options.binary,
        .data = options.directory / "data",
        .log = options.directory / "product.log",
        .ports = options.ports};
}

} // namespace

void require(bool holds, const std::string& promise)
{
    if (!holds)
        throw Violation(promise);
}

World::World(const Options& options)
    : product(place_of(options)),
      desk(options.directory / "ledger", options.judge),
      random(options.seed),
      directory_(options.directory)
{
    int number = 0;
    for (Person& person : eight_people())
        writers.push_back(std::make_unique<Writer>(desk, std::move(person), ++number, random()));
}

World::~World()
{
    end_work();
}

void World::open()
{
    product.make_town();
    {
        DatabaseCopy copy(product.database().string(), directory_ / "copy");
        baseline_ = Baseline::of(copy);
    }
    product.start();
    for (const auto& writer : writers) {
        writer->move_to(product.port());
        writer->sign_in();
    }
}

void World::begin_work()
{
    desk.stopping = false;
    for (const auto& writer : writers)
        threads_.emplace_back([&writer] { writer->work(); });
}

void World::end_work()
{
    desk.stopping = true;
    for (std::thread& thread : threads_)
        thread.join();
    threads_.clear();
}

void World::check_complaints()
{
    const auto complaints = desk.complaints();
    require(complaints.empty(), fmt::format("{}", fmt::join(complaints, "\n  ")));
}

void World::audit()
{
    Audit audit({.ledger = directory_ / "ledger",
                    .database = product.database().string(),
                    .attachments = product.attachments(),
                    .scratch = directory_ / "copy"},
        baseline_);
    const auto complaints = audit.run(verified_);
    unnamed_files_ = audit.unnamed_files();
    require(complaints.empty(), fmt::format("{}", fmt::join(complaints, "\n  ")));
}

void World::make_files_old() const
{
    // Older than an hour, as files that are swept, and than a day, as parts of uploads.
    const auto before = fs::file_time_type::clock::now() - 25h;
    for (const auto& file : fs::recursive_directory_iterator(product.attachments())) {
        if (file.is_regular_file() && file.last_write_time() > before)
            fs::last_write_time(file.path(), before);
    }
}

void World::wait_for_sweeper() const
{
    const auto end = std::chrono::steady_clock::now() + sweep_patience;
    for (const fs::path& file : unnamed_files_) {
        while (fs::exists(file)) {
            require(std::chrono::steady_clock::now() < end, "the sweeper leaves " + file.string());
            std::this_thread::sleep_for(5ms);
        }
    }
}

void World::open_again()
{
    make_files_old();
    product.start();
    wait_for_sweeper();
    for (const auto& writer : writers) {
        writer->move_to(product.port());
        writer->finish();
        writer->look_again();
    }
    check_complaints();
}

} // namespace faults
