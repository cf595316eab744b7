#include "pages/desk/request_xlsx.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "pages/desk/export_table.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace pages::desk {

namespace {

constexpr std::size_t piece_size = std::size_t{256} << 10U;
// What Excel takes: 1,048,576 rows in a sheet, the head included, and 32,767 letters in a cell.
constexpr lxw_row_t most_rows = 1'048'575;
constexpr std::size_t most_letters = 32'000;

void check(lxw_error error)
{
    if (error != LXW_NO_ERROR)
        throw base::Unavailable(fmt::format("an Excel file cannot be written: {}", lxw_strerror(error)));
}

/// A directory for one file and what it is made from; removed with both.
class TemporaryPlace
{
  public:
    TemporaryPlace()
    {
        std::string name = (std::filesystem::temp_directory_path() / "gas-utility-export-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            throw std::system_error(errno, std::generic_category(), "mkdtemp");
        path_ = name;
    }
    ~TemporaryPlace()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryPlace(const TemporaryPlace&) = delete;
    TemporaryPlace& operator=(const TemporaryPlace&) = delete;

    std::string directory() const { return path_.string(); }
    std::string file() const { return (path_ / "export.xlsx").string(); }

  private:
    std::filesystem::path path_;
};

/// One file in the making.
class Workbook
{
  public:
    Workbook(const TemporaryPlace& place, const base::Zone& zone) : zone_(zone)
    {
        std::string directory = place.directory();
        lxw_workbook_options options{.constant_memory = LXW_TRUE, .tmpdir = directory.data(), .use_zip64 = LXW_TRUE};
        book_.reset(workbook_new_opt(place.file().c_str(), &options));
        if (!book_)
            throw std::runtime_error("an Excel file cannot be begun");
        bold_ = workbook_add_format(book_.get());
        format_set_bold(bold_);
        date_ = workbook_add_format(book_.get());
        format_set_num_format(date_, "yyyy-mm-dd hh:mm:ss");
        hours_ = workbook_add_format(book_.get());
        format_set_num_format(hours_, "0.0");
        begin_sheet();
    }

    void add_row(const queue::ExportRow& row, base::Time now)
    {
        if (row_ == most_rows)
            begin_sheet();
        ++row_;
        lxw_col_t column = 0;
        for (const ExportCell& cell : export_cells(row, reference_, now)) {
            check(std::visit([&](const auto& value) { return write(column, value); }, cell));
            ++column;
        }
    }
    /// Puts the file where it belongs; nothing can be added.
    void finish() { check(workbook_close(book_.release())); }

  private:
    void begin_sheet()
    {
        sheet_ = workbook_add_worksheet(book_.get(), nullptr);
        if (sheet_ == nullptr)
            throw std::runtime_error("an Excel file has no place for more rows");
        row_ = 0;
        for (lxw_col_t column = 0; column < export_columns.size(); ++column)
            check(worksheet_write_string(sheet_, 0, column, std::string(export_columns[column]).c_str(), bold_));
        worksheet_freeze_panes(sheet_, 1, 0);
    }
    static lxw_error write(lxw_col_t, std::monostate) { return LXW_NO_ERROR; }
    lxw_error write(lxw_col_t column, std::string_view text)
    {
        std::string kept(base::first_code_points(text, most_letters));
        // XML has no such characters. Forms take them out; imported texts and old ones may have them.
        for (const std::string_view none : {"\uFFFE", "\uFFFF"}) {
            for (auto at = kept.find(none); at != std::string::npos; at = kept.find(none, at))
                kept.replace(at, none.size(), "\uFFFD");
        }
        return worksheet_write_string(sheet_, row_, column, kept.c_str(), nullptr);
    }
    lxw_error write(lxw_col_t column, std::int64_t number)
    {
        return worksheet_write_number(sheet_, row_, column, static_cast<double>(number), nullptr);
    }
    lxw_error write(lxw_col_t column, double hours)
    {
        return worksheet_write_number(sheet_, row_, column, hours, hours_);
    }
    lxw_error write(lxw_col_t column, base::Time time)
    {
        const base::LocalTime local = zone_.local(time);
        lxw_datetime date{.year = local.date.year,
            .month = static_cast<int>(local.date.month),
            .day = static_cast<int>(local.date.day),
            .hour = local.hour,
            .min = local.minute,
            .sec = static_cast<double>(local.second)};
        return worksheet_write_datetime(sheet_, row_, column, &date, date_);
    }

    struct Free
    {
        void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
    };
    const base::Zone& zone_;
    std::unique_ptr<lxw_workbook, Free> book_;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format* bold_ = nullptr;
    lxw_format* date_ = nullptr;
    lxw_format* hours_ = nullptr;
    lxw_row_t row_ = 0;
    std::string reference_;
};

/// Writes a few hundred rows at a time, each in a snapshot of its own; then sends the file.
class XlsxSource final : public http::BodySource
{
  public:
    XlsxSource(web::Site& site, search::Filter filter)
        : site_(site), now_(site.clock.now()), walk_(std::move(filter), now_)
    {}

    bool next(std::string& piece) override
    {
        if (!file_) {
            write_rows();
            return true;
        }
        const std::string read = base::read_some(file_, piece_size);
        piece += read;
        return read.size() == piece_size;
    }

  private:
    void write_rows()
    {
        if (!book_)
            book_ = std::make_unique<Workbook>(place_, site_.zone);
        const db::ReadLease lease = site_.database.read();
        if (walk_.next(*lease, [&](const queue::ExportRow& row) { book_->add_row(row, now_); }))
            return;
        book_->finish();
        file_ = base::open_file(place_.file(), O_RDONLY);
    }

    web::Site& site_;
    base::Time now_;
    queue::ExportWalk walk_;
    TemporaryPlace place_;
    std::unique_ptr<Workbook> book_;
    base::Descriptor file_;
};

} // namespace

std::unique_ptr<http::BodySource> request_xlsx(web::Site& site, search::Filter filter)
{
    return std::make_unique<XlsxSource>(site, std::move(filter));
}

} // namespace pages::desk
