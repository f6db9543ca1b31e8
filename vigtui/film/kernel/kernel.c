/* What a picture of film costs beyond decoding, compiled.
 *
 * The same as vigtui/film/picture/fitting.py, vigtui/film/terminal/grid.py and pen.py, which say what is done
 * and why. Here is only how. Both make the same choices; what differs is the rounding of 32-bit sums, which
 * numpy adds in another order.
 *
 * Whoever calls owns all arrays and has checked their sizes. Colours are three floats, red, green and blue,
 * 0-255, or a number 0xRRGGBB.
 */

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define FACE __attribute__((visibility("default")))

#ifndef KERNEL_SOURCE
#define KERNEL_SOURCE "unknown"
#endif

enum { SPACE = ' ', MOST_DOTS = 8, MOST_SPLITS = 1 << (MOST_DOTS - 1) };

/* Which kernel.c this was built of. */
FACE const char *kernel_source(void) { return KERNEL_SOURCE; }

/* Fitting: picture/cells.py, picture/fitting.py */

/* A picture of 2 * rows lines of `columns` pixels of three bytes, two pixels to a cell. */
FACE void half_blocks(const uint8_t *picture, int32_t rows, int32_t columns, uint32_t upper_half,
                      uint32_t *glyphs, uint32_t *foreground, uint32_t *background)
{
    size_t line = (size_t)columns * 3;
    for (int32_t row = 0; row < rows; row++) {
        const uint8_t *upper = picture + 2 * (size_t)row * line, *lower = upper + line;
        for (int32_t column = 0; column < columns; column++, upper += 3, lower += 3) {
            *foreground = (uint32_t)upper[0] << 16 | (uint32_t)upper[1] << 8 | upper[2];
            *background = (uint32_t)lower[0] << 16 | (uint32_t)lower[1] << 8 | lower[2];
            *glyphs++ = *foreground++ == *background++ ? SPACE : upper_half;
        }
    }
}

typedef struct {
    float red[MOST_SPLITS], green[MOST_SPLITS], blue[MOST_SPLITS];
} Sums;

/* The sums of the dots of each split's background; `dots` are without the first, which is foreground. */
static void add_up(Sums *sums, const float dots[][3], int count)
{
    sums->red[0] = sums->green[0] = sums->blue[0] = 0;
    for (int dot = 0; dot < count; dot++) {
        int half = 1 << dot;
        for (int split = 0; split < half; split++) {
            sums->red[half + split] = sums->red[split] + dots[dot][0];
            sums->green[half + split] = sums->green[split] + dots[dot][1];
            sums->blue[half + split] = sums->blue[split] + dots[dot][2];
        }
    }
}

static uint32_t packed(float red, float green, float blue)
{
    return (uint32_t)(red + 0.5f) << 16 | (uint32_t)(green + 0.5f) << 8 | (uint32_t)(blue + 0.5f);
}

/* `picture` has rows * down lines of columns * across pixels of three bytes; `glyphs_of` a glyph for each
 * pattern of across * down dots. `before` may be NULL. `flat` and `slack` are sums of squares of a cell. */
FACE void fit_blocks(const uint8_t *picture, int32_t rows, int32_t columns, int32_t across, int32_t down,
                     const uint32_t *glyphs_of, const int32_t *before, float flat, float slack,
                     uint32_t *glyphs, uint32_t *foreground, uint32_t *background, int32_t *patterns)
{
    int dots = across * down, splits = 1 << (dots - 1);
    float members[MOST_SPLITS], weights[MOST_SPLITS], explained[MOST_SPLITS];
    size_t line = (size_t)columns * (size_t)across * 3;
    Sums sums;

    if (dots < 2 || dots > MOST_DOTS)
        return;
    members[0] = weights[0] = 0;
    for (int split = 1; split < splits; split++) {
        int size = 0;
        for (int dot = 0; dot < dots - 1; dot++)
            size += split >> dot & 1;
        members[split] = (float)size;
        weights[split] = 1.0f / (float)(dots * size * (dots - size));
    }
    for (int32_t row = 0; row < rows; row++) {
        for (int32_t column = 0; column < columns; column++) {
            size_t cell = (size_t)row * (size_t)columns + (size_t)column;
            const uint8_t *corner =
                picture + (size_t)row * (size_t)down * line + (size_t)column * (size_t)across * 3;
            float values[MOST_DOTS][3], total[3] = {0, 0, 0};
            for (int dot = 0; dot < dots; dot++) {
                const uint8_t *pixel = corner + (size_t)(dot / across) * line + (size_t)(dot % across) * 3;
                for (int channel = 0; channel < 3; channel++) {
                    values[dot][channel] = pixel[channel];
                    total[channel] += pixel[channel];
                }
            }
            add_up(&sums, (const float (*)[3])(values + 1), dots - 1);
            for (int split = 0; split < splits; split++) {
                float red = (float)dots * sums.red[split] - members[split] * total[0];
                float green = (float)dots * sums.green[split] - members[split] * total[1];
                float blue = (float)dots * sums.blue[split] - members[split] * total[2];
                explained[split] = (red * red + green * green + blue * blue) * weights[split];
            }
            int best = 0;
            for (int split = 1; split < splits; split++)
                if (explained[split] > explained[best])
                    best = split;
            float most = explained[best];
            if (most < flat)
                best = 0;
            if (before && before[cell] >= 0 && before[cell] < splits && most - explained[before[cell]] < slack)
                best = before[cell];
            float behind = best ? members[best] : 1, front = (float)dots - members[best];
            foreground[cell] = packed((total[0] - sums.red[best]) / front, (total[1] - sums.green[best]) / front,
                                      (total[2] - sums.blue[best]) / front);
            background[cell] = best ? packed(sums.red[best] / behind, sums.green[best] / behind,
                                             sums.blue[best] / behind)
                                    : foreground[cell];
            glyphs[cell] = best ? glyphs_of[(1 << dots) - 1 - 2 * best] : SPACE;
            patterns[cell] = best;
        }
    }
}

/* What is wanted and what is shown: terminal/grid.py */

typedef struct {
    float red, green, blue;
} Colour;

/* The arrays of a grid of cells; kernel/calls.py has the same. */
typedef struct {
    Colour *fore, *back, *shown_fore, *shown_back;
    float *share, *error, *activity;
    uint32_t *ink, *shown_ink;
    int32_t cells;
} Grid;

enum { DOTS = 24, ALL_DOTS = (1 << DOTS) - 1 };
static const float NEWS = 0.3f;

static float apart(Colour some, Colour other)
{
    float red = some.red - other.red, green = some.green - other.green, blue = some.blue - other.blue;
    return red * red + green * green + blue * blue;
}

static int dots_in(uint32_t ink)
{
    int dots = 0;
    for (; ink; ink &= ink - 1)
        dots++;
    return dots;
}

/* How far a cell is from what it shall show. */
static float error_of(const Grid *grid, int32_t cell)
{
    Colour fore = grid->fore[cell], back = grid->back[cell];
    Colour shown_fore = grid->shown_fore[cell], shown_back = grid->shown_back[cell];
    uint32_t ink = grid->ink[cell], shown = grid->shown_ink[cell];
    float share = grid->share[cell];
    if (ink == shown)
        return share * apart(fore, shown_fore) + (1 - share) * apart(back, shown_back);
    return (float)((dots_in(ink & shown) * (double)apart(fore, shown_fore) +
                    dots_in(ink & ~shown) * (double)apart(fore, shown_back) +
                    dots_in(~ink & shown) * (double)apart(back, shown_fore) +
                    dots_in(~(ink | shown) & ALL_DOTS) * (double)apart(back, shown_back)) /
                   DOTS);
}

static Colour colour_of(uint32_t packed)
{
    return (Colour){(float)(packed >> 16 & 255), (float)(packed >> 8 & 255), (float)(packed & 255)};
}

/* Want these cells. `covers` and `shares` say of each of so many glyphs what it covers. */
FACE void offer_cells(const Grid *grid, const uint32_t *glyph, const uint32_t *foreground,
                      const uint32_t *background, const uint32_t *covers, const float *shares, uint32_t glyphs)
{
    for (int32_t cell = 0; cell < grid->cells; cell++) {
        Colour fore = colour_of(foreground[cell]), back = colour_of(background[cell]);
        uint32_t known = glyph[cell] < glyphs ? glyph[cell] : SPACE;
        float share = shares[known];
        float moved = share * apart(fore, grid->fore[cell]) + (1 - share) * apart(back, grid->back[cell]);
        grid->fore[cell] = fore;
        grid->back[cell] = back;
        grid->share[cell] = share;
        grid->ink[cell] = covers[known];
        grid->error[cell] = error_of(grid, cell);
        grid->activity[cell] += NEWS * (moved - grid->activity[cell]);
    }
}

/* The terminal shows `count` of the cells in these colours now. */
FACE void show_cells(const Grid *grid, int32_t count, const int32_t *cells, const Colour *fore, const Colour *back)
{
    for (int32_t place = 0; place < count; place++) {
        int32_t cell = cells[place];
        if (cell < 0 || cell >= grid->cells)
            continue;
        grid->shown_fore[cell] = fore[place];
        grid->shown_back[cell] = back[place];
        grid->shown_ink[cell] = grid->ink[cell];
        grid->error[cell] = error_of(grid, cell);
    }
}

/* The pen: terminal/pen.py */

static const float GLYPH = 3, GO = 4, SETTING = 17, SPACE_SAVES = 8, WORTH = 0.9f, SHORTER = 7;
enum { FIRST_ROUNDS = 3, ROUNDS = 6 };

typedef struct {
    int32_t number, column;
    uint32_t glyph;
    Colour fore, back;
    float share, worth;
    uint8_t due, turned, flat;
    int32_t behind, front; /* its runs; front -1 of one that is flat */
} Cell;

/* Cells or runs that follow each other in one colour; `size` is what their dots are of a cell in all. */
typedef struct {
    Colour colour;
    float size;
    int32_t cells;
} Run;

static Colour between(Colour some, Colour other, float share)
{
    Colour mixed = {some.red + (other.red - some.red) * share, some.green + (other.green - some.green) * share,
                    some.blue + (other.blue - some.blue) * share};
    return mixed;
}

static float at_most(float value, float most) { return value < most ? value : most; }

/* Exchange colours, and take the complement of the glyph, where colours go on better so. */
static void turn(Cell *cells, int32_t count, const uint32_t *complements, uint32_t glyphs, float price)
{
    float most = 4 * SETTING * price;
    uint8_t turned = 0;
    Colour fore = {0, 0, 0}, back = fore;
    for (int32_t place = 0; place < count; place++) {
        Cell *cell = cells + place;
        Colour own_fore = cell->fore, own_back = cell->back;
        if (place)
            turned ^= at_most(apart(own_fore, back), most) + at_most(apart(own_back, fore), most) <
                      at_most(apart(own_fore, fore), most) + at_most(apart(own_back, back), most);
        uint32_t complement = cell->glyph < glyphs ? complements[cell->glyph] : 0;
        cell->turned = turned && complement;
        if (cell->turned) {
            cell->fore = own_back;
            cell->back = own_fore;
            cell->glyph = complement;
            cell->share = 1 - cell->share;
        }
        fore = own_fore;
        back = own_back;
    }
}

/* Append a cell to a row of runs. */
static int32_t appended(Run *runs, int32_t count, Colour colour, float size)
{
    if (count && apart(runs[count - 1].colour, colour) <= 0) {
        runs[count - 1].size += size;
        runs[count - 1].cells++;
        return count;
    }
    runs[count] = (Run){colour, size, 1};
    return count + 1;
}

/* Join neighbours as long as that adds an error of less than `most`; return how many runs are left. */
static int32_t joined(Run *runs, int32_t count, float *added, float most, int rounds)
{
    for (int round = 0; round < rounds && count > 1; round++) {
        int32_t left = 0;
        for (int32_t place = 0; place < count - 1; place++) {
            const Run *run = runs + place, *next = run + 1;
            added[place] = apart(next->colour, run->colour) * (run->size * (next->size / (next->size + run->size)));
        }
        for (int32_t place = 0; place < count; place++) {
            Run run = runs[place];
            int joins = place < count - 1 && added[place] < most && (!place || added[place] < added[place - 1]) &&
                        (place == count - 2 || added[place] <= added[place + 1]);
            if (joins) {
                const Run *next = runs + ++place;
                run.colour = between(run.colour, next->colour, next->size / (next->size + run.size));
                run.size += next->size;
                run.cells += next->cells;
            }
            runs[left++] = run;
        }
        if (left == count)
            break;
        count = left;
    }
    for (int32_t place = 0; place < count; place++) {
        Colour *colour = &runs[place].colour;
        *colour = (Colour){rintf(colour->red), rintf(colour->green), rintf(colour->blue)};
    }
    return count;
}

/* Cut both rows of colours into runs, first those behind; return how many there are. */
static int32_t cut(Cell *cells, int32_t count, Run *runs, float *added, float price, int rounds)
{
    int32_t behind = 0, front = 0, run, place;
    for (place = 0; place < count; place++) {
        Cell *cell = cells + place;
        float share = cell->share, rest = 1 - share;
        cell->flat = share * rest * apart(cell->fore, cell->back) <= SPACE_SAVES * price;
        Colour mean = {cell->fore.red * share + cell->back.red * rest,
                       cell->fore.green * share + cell->back.green * rest,
                       cell->fore.blue * share + cell->back.blue * rest};
        behind = appended(runs, behind, cell->flat ? mean : cell->back, cell->flat ? 1 : rest);
    }
    behind = joined(runs, behind, added, SETTING * price, rounds);
    for (place = 0; place < count; place++)
        if (!cells[place].flat)
            front = appended(runs + behind, front, cells[place].fore, cells[place].share);
    front = joined(runs + behind, front, added, SETTING * price, rounds);
    for (run = place = 0; run < behind; run++)
        for (int32_t cell = 0; cell < runs[run].cells; cell++)
            cells[place++].behind = run;
    for (place = 0; place < count; place++)
        cells[place].front = -1;
    for (place = 0; run < behind + front; run++)
        for (int32_t cell = 0; cell < runs[run].cells; place++)
            if (!cells[place].flat) {
                cells[place].front = run;
                cell++;
            }
    return behind + front;
}

/* Keep those cells that must be drawn or are worth their bytes; return how many. */
static int32_t keep(Cell *cells, int32_t count, const Run *runs, float price)
{
    int32_t kept = 0, column = 0;
    for (int32_t place = 0; place < count; place++) {
        const Cell *cell = cells + place;
        const Run *behind = runs + cell->behind, *front = cell->flat ? behind : runs + cell->front;
        float left =
            cell->share * apart(cell->fore, front->colour) + (1 - cell->share) * apart(cell->back, behind->colour);
        float size = 1 + SETTING / (float)behind->cells;
        if (!cell->flat)
            size += GLYPH - 1 + SETTING / (float)front->cells;
        if (place && cell->column - column != 1)
            size += GO;
        column = cell->column;
        if (cell->due || cell->worth > WORTH * (left + size * price))
            cells[kept++] = *cell;
    }
    return kept;
}

/* Choose which of `count` cells are drawn, and in which runs of colours; return how many, -1 without memory.
 *
 * Of each cell that is kept: its number, its glyph as it is drawn, whether it is turned, and its runs. Of each
 * run its colour and size; `in_all` says how many there are. The arrays have room for `count` cells and
 * 2 * count runs. */
FACE int32_t choose_cells(int32_t count, const int32_t *column, const uint32_t *glyph, const float *fore,
                          const float *back, const float *share, const float *worth, const uint8_t *due,
                          const uint32_t *complements, uint32_t glyphs, float price, int32_t *kept,
                          uint32_t *drawn_glyph, uint8_t *turned, int32_t *behind, int32_t *front, float *colours,
                          float *sizes, int32_t *in_all)
{
    size_t room = (size_t)count + 1;
    Cell *cells = malloc(room * sizeof *cells);
    Run *runs = malloc(2 * room * sizeof *runs);
    float *added = malloc(room * sizeof *added);
    int32_t left = -1;

    if (cells && runs && added) {
        for (int32_t place = 0; place < count; place++) {
            const float *front_colour = fore + 3 * (size_t)place, *behind_colour = back + 3 * (size_t)place;
            cells[place] = (Cell){.number = place,
                                  .column = column[place],
                                  .glyph = glyph[place],
                                  .fore = {front_colour[0], front_colour[1], front_colour[2]},
                                  .back = {behind_colour[0], behind_colour[1], behind_colour[2]},
                                  .share = share[place],
                                  .worth = worth[place],
                                  .due = due[place]};
        }
        turn(cells, count, complements, glyphs, price);
        cut(cells, count, runs, added, price, FIRST_ROUNDS);
        left = keep(cells, count, runs, price);
        *in_all = cut(cells, left, runs, added, price, ROUNDS);
        for (int32_t place = 0; place < left; place++) {
            kept[place] = cells[place].number;
            drawn_glyph[place] = cells[place].flat ? SPACE : cells[place].glyph;
            turned[place] = cells[place].turned;
            behind[place] = cells[place].behind;
            front[place] = cells[place].front;
        }
        for (int32_t run = 0; run < *in_all; run++) {
            float *colour = colours + 3 * (size_t)run;
            colour[0] = runs[run].colour.red;
            colour[1] = runs[run].colour.green;
            colour[2] = runs[run].colour.blue;
            sizes[run] = runs[run].size;
        }
    }
    free(cells);
    free(runs);
    free(added);
    return left;
}

/* What sets a colour: terminal/setters.py. A name is 0xRRGGBB, or what it is a number of and that number. */

enum { OF_256 = 1 << 24, OF_16 = 2 << 24, NO_COLOUR = 3 << 24, FIRST_SURE = 22, FIRST_GREY = 232 };

/* The nearest level of the cube of the 256 colours, 0-5. */
static int step(int value) { return value < 48 ? 0 : value < 116 ? 1 : (value - 36) / 40; }

/* Name the colours of runs, whole numbers of 0 to 255, where a terminal has all colours; one of the 256 is
 * taken instead where its error is worth less than the bytes it saves. */
FACE void name_colours(int32_t count, float *colours, const float *sizes, float price, int32_t *names)
{
    static const float levels[6] = {0, 95, 135, 175, 215, 255};
    for (int32_t run = 0; run < count; run++) {
        float *colour = colours + 3 * (size_t)run;
        int red = (int)colour[0] & 255, green = (int)colour[1] & 255, blue = (int)colour[2] & 255;
        float level = rintf((colour[0] + colour[1] + colour[2] - 24) / 30);
        level = level < 0 ? 0 : level > 23 ? 23 : level;
        Colour own = {colour[0], colour[1], colour[2]};
        Colour grey = {8 + 10 * level, 8 + 10 * level, 8 + 10 * level};
        Colour near = {levels[step(red)], levels[step(green)], levels[step(blue)]};
        int number = 16 + 36 * step(red) + 6 * step(green) + step(blue);
        if (apart(own, grey) < apart(own, near)) {
            near = grey;
            number = FIRST_GREY + (int)level;
        }
        names[run] = red << 16 | green << 8 | blue;
        if (sizes[run] * apart(near, own) < SHORTER * price && number >= FIRST_SURE) {
            names[run] = OF_256 | number;
            colour[0] = near.red;
            colour[1] = near.green;
            colour[2] = near.blue;
        }
    }
}

/* The most bytes that a cell takes: a move, two colours, a glyph. */
enum { MOST_IN_A_CELL = 80 };

static char *put(char *to, const char *words)
{
    while (*words)
        *to++ = *words++;
    return to;
}

static char *put_number(char *to, int32_t number)
{
    char digits[12];
    int count = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    while (count)
        *to++ = digits[--count];
    return to;
}

static char *put_glyph(char *to, uint32_t glyph)
{
    if (glyph < 0x80) {
        *to++ = (char)glyph;
        return to;
    }
    if (glyph < 0x800)
        *to++ = (char)(0xC0 | glyph >> 6);
    else {
        if (glyph < 0x10000)
            *to++ = (char)(0xE0 | glyph >> 12);
        else {
            *to++ = (char)(0xF0 | (glyph >> 18 & 7));
            *to++ = (char)(0x80 | (glyph >> 12 & 63));
        }
        *to++ = (char)(0x80 | (glyph >> 6 & 63));
    }
    *to++ = (char)(0x80 | (glyph & 63));
    return to;
}

/* `base` is 30 for the colour in front, 40 for the one behind. */
static char *put_colour(char *to, int32_t name, int base)
{
    int number = name & 0xFFFFFF;
    if (name & OF_16)
        return put_number(to, base + (number < 8 ? number : 52 + number));
    to = put_number(to, base + 8);
    if (name & OF_256)
        return put_number(put(to, ";5;"), number);
    to = put_number(put(to, ";2;"), number >> 16);
    to = put_number(put(to, ";"), number >> 8 & 255);
    return put_number(put(to, ";"), number & 255);
}

static char *put_right(char *to, int32_t cells)
{
    if (cells > 0)
        to = put(to, "\x1b[");
    if (cells > 1)
        to = put_number(to, cells);
    return cells > 0 ? put(to, "C") : to;
}

/* Write the escapes and glyphs of `count` cells; return how many bytes, -1 where there is no room for them.
 *
 * `top` and `left` are where the grid is on the screen, `at_row` and `at_column` where the cursor is in it;
 * (-1, -1) where that is not known. */
FACE int32_t write_cells(int32_t count, const int32_t *row, const int32_t *column, const uint32_t *glyph,
                         const int32_t *behind, const int32_t *front, const int32_t *names, int32_t top,
                         int32_t left, int32_t at_row, int32_t at_column, char *text, int32_t room)
{
    char *to = text;
    int32_t run_behind = -1, run_front = -1;
    if (room / MOST_IN_A_CELL <= count)
        return -1;
    for (int32_t place = 0; place < count; place++) {
        if (row[place] != at_row) {
            to = put_number(put(to, "\x1b["), top + row[place] + 1);
            to = put(put_number(put(to, ";"), left + column[place] + 1), "H");
        } else
            to = put_right(to, column[place] - at_column);
        at_row = row[place];
        at_column = column[place] + 1;
        int new_front = front[place] >= 0 && front[place] != run_front && names[front[place]] < NO_COLOUR;
        int new_behind = behind[place] != run_behind && names[behind[place]] < NO_COLOUR;
        if (new_front || new_behind) {
            to = put(to, "\x1b[");
            if (new_front)
                to = put_colour(to, names[run_front = front[place]], 30);
            if (new_front && new_behind)
                to = put(to, ";");
            if (new_behind)
                to = put_colour(to, names[run_behind = behind[place]], 40);
            to = put(to, "m");
        }
        to = put_glyph(to, glyph[place]);
    }
    return (int32_t)(put(to, "\x1b[m") - text);
}
