#include "faults/world.hpp"

#include <fmt/format.h>

#include <chrono>
#include <csignal>

namespace faults {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t slow_file_bytes = 1'000'000;

/// Somebody on a slow line who is in the middle of sending when the server is told to stop.
class SlowUpload
{
  public:
    SlowUpload(World& world, int round)
        : world_(world), writer_(world.desk, {.username = "mei"}, 100 + round, world.random())
    {
        writer_.move_to(world.product.port());
        writer_.sign_in();
        wish_ = writer_.new_wish("create", 0);
        text_ = writer_.client().request_text("/service/create/", writer_.new_request_form(wish_, 1, slow_file_bytes));
        world.desk.ledger().sent(wish_);
        writer_.client().send(std::string_view(text_).substr(0, text_.size() / 2));
    }

    void finish()
    {
        const Answer answer = send_rest();
        require(answer.status == 303, fmt::format("a slow upload got {}", answer.status));
        const std::string location = answer.header("location");
        world_.desk.ledger().acknowledged(wish_.token, std::stoll(between(location, "/service/", "/")));
    }

  private:
    Answer send_rest()
    {
        try {
            writer_.client().send(std::string_view(text_).substr(text_.size() / 2));
            return writer_.client().read_answer();
        } catch (const ConnectionLost& error) {
            throw Violation(fmt::format("a slow upload was cut off: {}", error.what()));
        }
    }

    World& world_;
    Writer writer_;
    Wish wish_;
    std::string text_;
};

void stop_under_load(World& world, int round)
{
    SlowUpload upload(world, round);
    world.begin_work();
    std::this_thread::sleep_for(300ms + std::chrono::milliseconds(world.random() % 700));
    const auto began = std::chrono::steady_clock::now();
    world.desk.asked_to_end = began;
    world.product.signal(SIGTERM);
    std::this_thread::sleep_for(500ms);
    upload.finish();
    const auto code = world.product.wait(10s);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    world.end_work();
    world.desk.asked_to_end = std::chrono::steady_clock::time_point::min();
    require(code.has_value() && took < 10s, "it still runs 10 seconds after SIGTERM");
    require(code == 0, fmt::format("it ended with code {} after SIGTERM", *code));
    world.check_complaints();
    const auto log = world.product.database().string() + "-wal";
    require(!std::filesystem::exists(log) || std::filesystem::file_size(log) == 0,
        "the next start has to recover the database");
    fmt::print("round {:3}: stopped in {} ms with every request answered\n", round, took.count());
    std::fflush(stdout);
}

} // namespace

void run_drain(const Options& options)
{
    World world(options);
    world.open();
    for (int round = 1; round <= options.rounds; ++round) {
        stop_under_load(world, round);
        world.audit();
        world.open_again();
    }
}

} // namespace faults
