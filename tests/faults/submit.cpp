#include "faults/world.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <csignal>

namespace faults {

using namespace std::chrono_literals;

namespace {

constexpr const char* create_path = "/service/create/";

struct Submission
{
    Wish wish;
    Form form;
};

Submission new_submission(World& world, Writer& writer)
{
    Submission submission{.wish = writer.new_wish("create", 0), .form = {}};
    submission.form = writer.new_request_form(submission.wish, 2, 20'000);
    world.desk.ledger().sent(submission.wish);
    return submission;
}

/// Sends the form as often as asked, at the same time, and returns the one service request that all answers name.
std::int64_t send_at_once(World& world, Writer& writer, const Submission& submission, std::size_t times)
{
    std::vector<std::string> locations(times);
    std::vector<std::thread> threads;
    for (std::string& location : locations) {
        threads.emplace_back([&world, &writer, &submission, &location] {
            HttpClient client;
            client.take_cookies(writer.client());
            client.move_to(world.product.port());
            const Answer answer = client.post(create_path, submission.form);
            location = answer.status == 303 ? answer.header("location") : fmt::format("status {}", answer.status);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    for (const std::string& location : locations)
        require(location.starts_with('/') && location == locations.front(),
            fmt::format("{} leads to \"{}\" and \"{}\"", submission.wish.token, locations.front(), location));
    return base::parse_integer(between(locations.front(), "/service/", "/")).value_or(0);
}

void submit_again(World& world, Writer& writer, std::size_t at_once)
{
    const Submission submission = new_submission(world, writer);
    const std::int64_t first = send_at_once(world, writer, submission, at_once);
    world.desk.ledger().acknowledged(submission.wish.token, first);
    for (int i = 0; i < 2; ++i)
        require(
            send_at_once(world, writer, submission, 1) == first, "the form sent again gave another service request");
}

void vanish(World& world, Writer& writer, std::size_t percent)
{
    const Submission submission = new_submission(world, writer);
    const std::string text = writer.client().request_text(create_path, submission.form);
    HttpClient leaving;
    leaving.move_to(world.product.port());
    leaving.send(std::string_view(text).substr(0, text.size() * percent / 100));
    leaving.close();
    world.desk.ledger().unknown(submission.wish.token, "left");
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (!std::filesystem::is_empty(world.product.attachments() / "tmp")) {
        require(
            std::chrono::steady_clock::now() < end, fmt::format("an upload left at {} % stays in the way", percent));
        std::this_thread::sleep_for(10ms);
    }
    world.desk.ledger().sent(submission.wish);
    world.desk.ledger().acknowledged(submission.wish.token, send_at_once(world, writer, submission, 1));
}

} // namespace

void run_submit(const Options& options)
{
    World world(options);
    world.open();
    Writer& writer = *world.writers.front();
    for (int round = 0; round < options.rounds; ++round) {
        submit_again(world, writer, 1);
        submit_again(world, writer, 3);
        for (const std::size_t percent : {1, 50, 99, 100})
            vanish(world, writer, percent);
    }
    world.check_complaints();
    world.product.signal(SIGTERM);
    require(world.product.wait(10s) == 0, "it does not end in order");
    world.audit();
    world.open_again();
    fmt::print("{} forms sent several times or left midway, each with one result\n", options.rounds * 6);
}

} // namespace faults
