#include "pages/desk/request_csv.hpp"

#include "pages/desk/csv.hpp"
#include "pages/desk/export_table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace pages::desk {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

void append_number(std::string& csv, std::int64_t number)
{
    const fmt::format_int digits(number);
    csv.append(digits.data(), digits.size());
}

/// "-0.1", "12.5".
void append_tenths(std::string& csv, double value)
{
    const std::int64_t tenths = std::llround(std::abs(value) * 10);
    if (value < 0 && tenths > 0)
        csv += '-';
    append_number(csv, tenths / 10);
    csv += '.';
    csv += static_cast<char>('0' + tenths % 10);
}

/// Reads a few hundred rows, each time in a snapshot of its own, after the last one written.
class CsvSource final : public http::BodySource
{
  public:
    CsvSource(web::Site& site, search::Filter filter)
        : site_(site), now_(site.clock.now()), walk_(std::move(filter), now_)
    {}

    bool next(std::string& piece) override
    {
        if (!has_begun_) {
            piece += byte_order_mark;
            piece += fmt::format("{}\r\n", fmt::join(export_columns, ","));
            has_begun_ = true;
        }
        const db::ReadLease lease = site_.database.read();
        return walk_.next(*lease, [&](const queue::ExportRow& row) { add_row(piece, row); });
    }

  private:
    void add_row(std::string& csv, const queue::ExportRow& row)
    {
        for (const ExportCell& cell : export_cells(row, reference_, now_)) {
            if (const auto* text = std::get_if<std::string_view>(&cell))
                add_cell(csv, *text);
            else if (const auto* number = std::get_if<std::int64_t>(&cell))
                append_number(csv, *number);
            else if (const auto* hours = std::get_if<double>(&cell))
                append_tenths(csv, *hours);
            else if (const auto* time = std::get_if<base::Time>(&cell))
                csv += site_.zone.iso_local(*time);
            csv += ',';
        }
        csv.back() = '\r';
        csv += '\n';
    }

    web::Site& site_;
    base::Time now_;
    queue::ExportWalk walk_;
    std::string reference_;
    bool has_begun_ = false;
};

} // namespace

std::unique_ptr<http::BodySource> request_csv(web::Site& site, search::Filter filter)
{
    return std::make_unique<CsvSource>(site, std::move(filter));
}

} // namespace pages::desk
