#include "http/body/body_reader.hpp"
#include "http/server/connection.hpp"
#include "http/server/io_thread.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <fmt/format.h>
#include <unistd.h>
#include <vector>

namespace http {

namespace {

constexpr std::uint64_t smallest_read = 4096;
constexpr std::uint64_t largest_read = 64 * 1024;

/// Brings uploaded files onto the disk, which may take as long as the disk likes.
class SyncJob final : public HeavyJob
{
  public:
    explicit SyncJob(std::vector<base::Descriptor> files) : files_(std::move(files)) {}

    void run() override
    {
        for (const auto& file : files_) {
            if (::fdatasync(file.get()) == 0)
                continue;
            base::log::error(fmt::format("cannot bring an uploaded file to the disk: {}", std::strerror(errno)));
            is_sound = false;
        }
    }

    bool is_sound = true;

  private:
    std::vector<base::Descriptor> files_;
};

/// Asks the application about a body. Until it has answered, the plan takes no files.
class QuestionJob final : public HeavyJob
{
  public:
    QuestionJob(Application& application, const Head& head, const BodyPlan& its_plan)
        : plan(its_plan), application_(application), wanted_(its_plan)
    {
        plan.limits.files = 0;
        plan.without_files = BodyFault::DiskFull;
        const Request& request = head.request;
        question_.head.method = request.method;
        question_.head.path = request.path;
        question_.head.cookies = request.cookies;
        question_.head.remote_address = request.remote_address;
        question_.head.secure = request.secure;
        question_.length = head.content_length;
    }

    void run() override
    {
        try {
            plan = application_.ask_about_body(question_, wanted_);
        } catch (const std::exception& error) {
            base::log::warning(fmt::format("files of a form are not taken: {}", error.what()));
        }
    }

    BodyPlan plan;

  private:
    Application& application_;
    BodyPlan wanted_;
    BodyQuestion question_;
};

} // namespace

Task<bool> Connection::read_body(Head& head)
{
    Request& request = head.request;
    BodyPlan plan = server().application.plan_body(request, head.content_length);
    if (head.content_length > plan.most_bytes && plan.if_longer == IfLonger::Refuse) {
        constexpr Refusal too_large = {Status::ContentTooLarge, "That is more than we take at once."};
        co_await refuse(too_large);
        co_return false;
    }
    if (plan.must_ask) {
        const bool is_answered = co_await ask_about_body(head, plan);
        if (!is_answered)
            co_return false;
    }
    BodyReader reader(request.header("content-type"), plan.limits, server().options.temporary_directory);
    reader.set_fault_of_files(plan.without_files);
    const std::uint64_t length = std::min(head.content_length, plan.most_bytes);
    if (head.expects_continue && buffer_.size() == 0) {
        const bool is_written = co_await write_both("HTTP/1.1 100 Continue\r\n\r\n", "");
        if (!is_written)
            co_return false;
    }
    const bool is_received = co_await receive_body(reader, length);
    if (!is_received)
        co_return false;
    const bool is_whole = length == head.content_length;
    if (!is_whole) {
        keep_alive_ = false;
        must_linger_ = true;
    }
    reader.finish(request, is_whole);
    co_return co_await sync_files(reader, request);
}

/// Makes the plan final; false when the connection was cut off meanwhile. Where nobody can be asked, files are dropped.
Task<bool> Connection::ask_about_body(const Head& head, BodyPlan& plan)
{
    const auto question = std::make_shared<QuestionJob>(server().application, head, plan);
    const std::shared_ptr<HeavyJob> job = question;
    enter_waiting(Phase::Handling);
    if (start_question(job)) {
        while (!job->is_done && !is_aborted_)
            co_await wake_up_.wait();
    }
    plan = question->plan;
    co_return !is_aborted_;
}

bool Connection::start_question(const std::shared_ptr<HeavyJob>& job)
{
    return server().application.run_question([job, mailbox = mailbox_, id = request_id_] {
        const base::log::RequestScope scope(id);
        job->run();
        mailbox->finish(job);
    });
}

// Not in the coroutine: while that sleeps, its thread works for others.
void Connection::push_body(BodyReader& reader, std::string_view bytes) const
{
    const base::log::RequestScope scope(request_id_);
    reader.push(bytes);
}

Task<bool> Connection::receive_body(BodyReader& reader, std::uint64_t length)
{
    const auto& options = server().options;
    const auto end = SteadyClock::now() + longest_body(length);
    std::uint64_t arrived = 0;
    enter(Phase::Body, std::min<SteadyClock::duration>(longest_body(length), options.body_pause));
    while (true) {
        const auto bytes = received().substr(0, length);
        push_body(reader, bytes);
        length -= bytes.size();
        buffer_.consume(bytes.size());
        if (length == 0)
            co_return true;
        const auto wanted = static_cast<std::size_t>(std::clamp(length, smallest_read, largest_read));
        auto [error, count] = co_await socket_.async_read_some(buffer_.prepare(wanted), as_result);
        if (error)
            break;
        buffer_.commit(count);
        arrived += count;
        if (arrived < options.body_piece)
            continue;
        arrived = 0;
        deadline_ = std::min(end, SteadyClock::now() + options.body_pause);
    }
    if (is_late_) {
        constexpr Refusal late = {Status::RequestTimeout, "The request did not arrive in time."};
        co_await refuse(late);
    }
    co_return false;
}

Task<bool> Connection::sync_files(BodyReader& reader, Request& request)
{
    auto files = reader.take_descriptors();
    if (files.empty())
        co_return true;
    const auto sync = std::make_shared<SyncJob>(std::move(files));
    const std::shared_ptr<HeavyJob> job = sync;
    const bool is_run = co_await run_heavy(job);
    if (!is_run) {
        if (!is_aborted_) {
            constexpr Refusal busy = {Status::ServiceUnavailable, "The server is busy. Please try again."};
            co_await refuse(busy);
        }
        co_return false;
    }
    if (!sync->is_sound) {
        request.fault = BodyFault::DiskFull;
        request.files.clear();
    }
    co_return true;
}

/// False when the heavy lane is full or the connection was cut off meanwhile.
Task<bool> Connection::run_heavy(const std::shared_ptr<HeavyJob>& job)
{
    enter_waiting(Phase::Handling);
    job->is_done = false;
    if (!start_heavy(job))
        co_return false;
    while (!job->is_done && !is_aborted_)
        co_await wake_up_.wait();
    co_return job->is_done && !is_aborted_;
}

bool Connection::start_heavy(const std::shared_ptr<HeavyJob>& job)
{
    return server().application.run_heavy([job, mailbox = mailbox_, id = request_id_] {
        const base::log::RequestScope scope(id);
        job->run();
        mailbox->finish(job);
    });
}

} // namespace http
