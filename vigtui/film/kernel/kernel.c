/* What a picture of film costs beyond decoding, compiled.
 *
 * The same as vigtui/film/picture/fitting.py, vigtui/film/terminal/grid.py and setters.py, which say what is
 * done and why. Here is only how. Both make the same choices; what differs is the rounding of 32-bit sums, which
 * numpy adds in another order. Only the pen chooses in a better way than pen.py, which numpy is too slow for.
 *
 * Whoever calls owns all arrays and has checked their sizes. Colours are three floats, red, green and blue,
 * 0-255, or a number 0xRRGGBB.
 */

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FACE __attribute__((visibility("default")))

#ifndef KERNEL_SOURCE
#define KERNEL_SOURCE "unknown"
#endif

enum { SPACE = ' ', FULL = 0x2588, MOST_DOTS = 8, MOST_SPLITS = 1 << (MOST_DOTS - 1) };

/* Which kernel.c this was built of. */
FACE const char *kernel_source(void) { return KERNEL_SOURCE; }

/* Four numbers that the processor reckons with at once: those of a colour, or one of each of four splits or walks. */
enum { FOUR = 4 };
typedef float Four __attribute__((vector_size(FOUR * sizeof(float))));
typedef int32_t FourWhole __attribute__((vector_size(FOUR * sizeof(int32_t))));

enum { RED, GREEN, BLUE, SIZE };

static Four where(FourWhole is_so, Four some, Four others)
{
    return (Four)((is_so & (FourWhole)some) | (~is_so & (FourWhole)others));
}

/* Fitting: picture/cells.py, picture/fitting.py */

/* A picture of 2 * rows lines of `columns` pixels, two to a cell. A pixel takes `pixel` bytes, of which the first
 * three count, and a line `line` bytes. */
FACE void half_blocks(const uint8_t *picture, int32_t line, int32_t pixel, int32_t rows, int32_t columns,
                      uint32_t upper_half, uint32_t *glyphs, uint32_t *foreground, uint32_t *background)
{
    for (int32_t row = 0; row < rows; row++) {
        const uint8_t *upper = picture + 2 * (size_t)row * (size_t)line, *lower = upper + line;
        for (int32_t column = 0; column < columns; column++, upper += pixel, lower += pixel) {
            *foreground = (uint32_t)upper[0] << 16 | (uint32_t)upper[1] << 8 | upper[2];
            *background = (uint32_t)lower[0] << 16 | (uint32_t)lower[1] << 8 | lower[2];
            *glyphs++ = *foreground++ == *background++ ? SPACE : upper_half;
        }
    }
}

/* A cell of the picture: the sum of its dots, and so many times as far as there are of them how far each is from
 * their mean. All are whole numbers, so that nothing is rounded. */
typedef struct {
    Four total, away[MOST_DOTS];
} Dots;

/* Of each split the sums of how far the dots of its background are from the mean. */
typedef struct {
    float red[MOST_SPLITS], green[MOST_SPLITS], blue[MOST_SPLITS];
} Sums;

/* Where a cell's dots are from its first one, in bytes. Of each split how many dots it has behind, and what the
 * square of their sum is to be multiplied by. */
typedef struct {
    int dots, count;
    int32_t offsets[MOST_DOTS];
    int behind[MOST_SPLITS];
    float weights[MOST_SPLITS];
} Splits;

static Splits splits_of(int across, int down, int32_t line, int32_t pixel)
{
    int dots = across * down;
    Splits splits = {.dots = dots, .count = 1 << (dots - 1)};
    for (int dot = 0; dot < dots; dot++)
        splits.offsets[dot] = dot / across * line + dot % across * pixel;
    for (int split = 1; split < splits.count; split++) {
        int size = 0;
        for (int dot = 0; dot < dots - 1; dot++)
            size += split >> dot & 1;
        splits.behind[split] = size;
        splits.weights[split] = 1.0f / (float)(dots * size * (dots - size));
    }
    return splits;
}

static Dots dots_at(const uint8_t *corner, const Splits *splits)
{
    Dots dots = {.total = {0}};
    for (int dot = 0; dot < splits->dots; dot++) {
        const uint8_t *own = corner + splits->offsets[dot];
        dots.away[dot] = (Four){own[RED], own[GREEN], own[BLUE], 0};
        dots.total += dots.away[dot];
    }
    for (int dot = 0; dot < splits->dots; dot++)
        dots.away[dot] = dots.away[dot] * (float)splits->dots - dots.total;
    return dots;
}

static float sum_of(Four colour) { return colour[RED] + colour[GREEN] + colour[BLUE]; }

/* The sum of squares of a cell, of which a split explains a part. */
static float spread_of(const Dots *dots, int count)
{
    Four squares = {0};
    for (int dot = 0; dot < count; dot++)
        squares += dots->away[dot] * dots->away[dot];
    return sum_of(squares) / (float)(count * count);
}

/* How far the dots behind a split are from the mean, in all. */
static Four sum_behind(const Dots *dots, int split)
{
    Four sum = {0};
    for (int dot = 1; split; dot++, split >>= 1)
        if (split & 1)
            sum += dots->away[dot];
    return sum;
}

/* The same of each split. The first dot is in front of all. */
static void add_up(Sums *sums, const Dots *dots, int count)
{
    for (int dot = 1; dot < count; dot++) {
        int half = 1 << (dot - 1);
        float red = dots->away[dot][RED], green = dots->away[dot][GREEN], blue = dots->away[dot][BLUE];
        for (int split = 0; split < half; split++) {
            sums->red[half + split] = sums->red[split] + red;
            sums->green[half + split] = sums->green[split] + green;
            sums->blue[half + split] = sums->blue[split] + blue;
        }
    }
}

static Four four_at(const float *from)
{
    Four four;
    memcpy(&four, from, sizeof four);
    return four;
}

/* The first of the splits that explain most; how much that is. Where there are two, two more explain nothing. */
static int best_of(const Sums *sums, const Splits *splits, float *most)
{
    Four best = {0};
    FourWhole found = {0, 1, 2, 3}, number = found;
    for (int split = 0; split < splits->count; split += FOUR, number += FOUR) {
        Four red = four_at(sums->red + split), green = four_at(sums->green + split);
        Four blue = four_at(sums->blue + split);
        Four explained = (red * red + green * green + blue * blue) * four_at(splits->weights + split);
        FourWhole better = explained > best;
        best = where(better, explained, best);
        found = (better & number) | (~better & found);
    }
    int first = 0;
    for (int each = 1; each < FOUR; each++)
        if (best[each] > best[first] || (best[each] == best[first] && found[each] < found[first]))
            first = each;
    *most = best[first];
    return found[first];
}

/* The split of a cell: the one `before` where no other explains more by `slack`, which is seen at once where it leaves
 * less than that; 0 where the best explains less than `flat`. */
static int split_of(const Dots *dots, const Splits *splits, Sums *sums, int before, float flat, float slack)
{
    float explained = 0, most;
    int known = before >= 0 && before < splits->count;
    if (known) {
        Four sum = sum_behind(dots, before);
        explained = sum_of(sum * sum) * splits->weights[before];
        if (spread_of(dots, splits->dots) - explained < slack)
            return before;
    }
    add_up(sums, dots, splits->dots);
    int best = best_of(sums, splits, &most);
    if (known && most - explained < slack)
        return before;
    return most < flat ? 0 : best;
}

static uint32_t packed(Four colour)
{
    colour += 0.5f;
    return (uint32_t)colour[RED] << 16 | (uint32_t)colour[GREEN] << 8 | (uint32_t)colour[BLUE];
}

/* `picture` has rows * down lines of columns * across pixels, as for half blocks; `glyphs_of` a glyph for each
 * pattern of across * down dots. `before` may be NULL, or `patterns`. `flat` and `slack` are sums of squares of a
 * cell. */
FACE void fit_blocks(const uint8_t *picture, int32_t line, int32_t pixel, int32_t rows, int32_t columns,
                     int32_t across, int32_t down, const uint32_t *glyphs_of, const int32_t *before, float flat,
                     float slack, uint32_t *glyphs, uint32_t *foreground, uint32_t *background, int32_t *patterns)
{
    int dots = across * down;
    if (dots < 2 || dots > MOST_DOTS)
        return;
    Splits splits = splits_of(across, down, line, pixel);
    Sums sums = {{0}, {0}, {0}};
    for (int32_t row = 0; row < rows; row++) {
        const uint8_t *corner = picture + (size_t)row * (size_t)(down * line);
        for (int32_t column = 0; column < columns; column++, corner += across * pixel) {
            Dots own = dots_at(corner, &splits);
            int split = split_of(&own, &splits, &sums, before ? *before++ : -1, flat, slack);
            int behind = splits.behind[split], front = dots - behind;
            Four back = (sum_behind(&own, split) + own.total * (float)behind) / (float)dots;
            *foreground = packed((own.total - back) / (float)front);
            *background++ = behind ? packed(back / (float)behind) : *foreground;
            foreground++;
            *glyphs++ = split ? glyphs_of[(1 << dots) - 1 - 2 * split] : SPACE;
            *patterns++ = split;
        }
    }
}

/* What is wanted and what is shown: terminal/grid.py */

typedef struct {
    float red, green, blue;
} Colour;

/* The arrays of a grid of cells, of `columns` to a row; kernel/calls.py has the same. */
typedef struct {
    Colour *fore, *back, *shown_fore, *shown_back;
    float *share, *error, *activity;
    uint32_t *ink, *shown_ink;
    uint32_t *glyph, *foreground, *background;
    int32_t *row, *column;
    int32_t cells, columns;
} Grid;

/* Of each of so many glyphs what it covers, which part of the cell that is, and its complement, 0 for none. */
typedef struct {
    const uint32_t *covers;
    const float *shares;
    const uint32_t *complements;
    uint32_t count;
} Glyphs;

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

/* Want a cell to show this. */
static void want(const Grid *grid, int32_t cell, uint32_t glyph, uint32_t foreground, uint32_t background,
                 const Glyphs *glyphs)
{
    float *activity = grid->activity + cell;
    if (glyph == grid->glyph[cell] && foreground == grid->foreground[cell] &&
        background == grid->background[cell]) {
        *activity -= NEWS * *activity;
        return;
    }
    Colour fore = colour_of(foreground), back = colour_of(background);
    uint32_t known = glyph < glyphs->count ? glyph : SPACE;
    float share = glyphs->shares[known];
    float moved = share * apart(fore, grid->fore[cell]) + (1 - share) * apart(back, grid->back[cell]);
    grid->glyph[cell] = glyph;
    grid->foreground[cell] = foreground;
    grid->background[cell] = background;
    grid->fore[cell] = fore;
    grid->back[cell] = back;
    grid->share[cell] = share;
    grid->ink[cell] = glyphs->covers[known];
    grid->error[cell] = error_of(grid, cell);
    *activity += NEWS * (moved - *activity);
}

/* Want these cells in a part of a grid: `rows` of `columns` cells, from row `top` and column `left` on. */
FACE void offer_cells(const Grid *grid, const Glyphs *glyphs, const uint32_t *glyph, const uint32_t *foreground,
                      const uint32_t *background, int32_t rows, int32_t columns, int32_t top, int32_t left)
{
    for (int32_t row = 0; row < rows; row++) {
        int32_t cell = (top + row) * grid->columns + left;
        for (int32_t column = 0; column < columns; column++)
            want(grid, cell++, *glyph++, *foreground++, *background++, glyphs);
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

/* What sets a colour: terminal/setters.py. A name is 0xRRGGBB, or what it is a number of and that number. */

enum { OF_256 = 1 << 24, OF_16 = 2 << 24, NO_COLOUR = 3 << 24, FIRST_SURE = 22, FIRST_GREY = 232 };
static const float SHORTER = 7;

typedef struct {
    int red, green, blue;
} Whole;

static float between(Whole some, Whole other)
{
    int red = some.red - other.red, green = some.green - other.green, blue = some.blue - other.blue;
    return (float)(red * red + green * green + blue * blue);
}

/* The nearest level of the cube of the 256 colours, 0-5. */
static int step(int value) { return value < 48 ? 0 : value < 116 ? 1 : (value - 36) / 40; }

/* The nearest of the 24 greys: a half is rounded to the even one. */
static int grey_of(Whole own)
{
    int over = own.red + own.green + own.blue - 9, level = over > 0 ? over / 30 : 0;
    if (level & 1 && over % 30 == 0)
        level--;
    return level > 23 ? 23 : level;
}

/* The nearest of the 256 colours, without the first 16. */
static int nearest(Whole own, Whole *near)
{
    static const int levels[6] = {0, 95, 135, 175, 215, 255};
    int red = step(own.red), green = step(own.green), blue = step(own.blue), level = grey_of(own);
    Whole grey = {8 + 10 * level, 8 + 10 * level, 8 + 10 * level};
    *near = (Whole){levels[red], levels[green], levels[blue]};
    if (between(own, grey) >= between(own, *near))
        return 16 + 36 * red + 6 * green + blue;
    *near = grey;
    return FIRST_GREY + level;
}

/* Name the colours of runs, whole numbers of 0 to 255, where a terminal has all colours; one of the 256 is
 * taken instead where its error is worth less than the bytes it saves. */
FACE void name_colours(int32_t count, float *colours, const float *sizes, float price, int32_t *names)
{
    for (int32_t run = 0; run < count; run++) {
        float *colour = colours + 3 * (size_t)run;
        Whole own = {(int)colour[0] & 255, (int)colour[1] & 255, (int)colour[2] & 255}, near;
        int number = nearest(own, &near);
        names[run] = own.red << 16 | own.green << 8 | own.blue;
        if (sizes[run] * between(near, own) < SHORTER * price && number >= FIRST_SURE) {
            names[run] = OF_256 | number;
            colour[0] = (float)near.red;
            colour[1] = (float)near.green;
            colour[2] = (float)near.blue;
        }
    }
}

/* The pen: terminal/pen.py says what is decided. numpy decides it in rounds, for all cells at once; here it is
 * decided cell by cell, which takes an eighth of the bytes less for the same picture. tests/unit/film/walking.py
 * has the same in Python.
 *
 * A walk is one way to draw the cells so far: which of them, and in which runs of colours. It costs the error
 * that it leaves and the price of its bytes. Each cell is left out, or drawn in the colours that are set or in
 * new ones, behind each walk; of what comes out the best few go on. A run has the mean of what its cells want:
 * to join it costs what that adds to the error of them all. */

enum { WALKS = FOUR, WORTH_KEEPING = 30 };
enum { SPACE_BYTES = 1, GLYPH_BYTES = 3, ESCAPE_BYTES = 3, ROW_BYTES = 8, LEAST_SETTING = 7 };
/* UNSET is more than all that a cell costs at any price. */
static const float LEAST_PRICE = 1e-4f, MOST_PRICE = 1e9f, UNSET = 1e12f;

/* `front` and `behind` are the colours that are set, each the mean of a run; a run's size is what its dots are of a
 * cell in all, its number -1 before any is set. `last` is the cell that was drawn last, -1 before any. */
typedef struct {
    Four front, behind;
    float cost;
    int32_t front_run, behind_run, last;
} Walk;

typedef struct {
    Walk best[WALKS]; /* the cheapest first */
    int count;
} Walks;

/* How a cell is drawn, if it is: as a space in the colour behind, as a full block in the one in front, or in two, as
 * it is or turned; and which of them begins a new run. */
enum { DRAWN = 1, TURNED = 2, NO_FRONT = 4, NO_BEHIND = 8, NEW_FRONT = 16, NEW_BEHIND = 32 };

/* A walk that may go on: the one it comes `from`, with a cell drawn like that, and its runs then. */
typedef struct {
    float cost;
    int32_t front, behind;
    uint8_t from, how;
} Candidate;

/* What is remembered of each walk at each cell. */
typedef struct {
    int32_t front, behind;
    uint8_t before, how;
} Step;

/* A cell that may be drawn: its colours, each with how much an error in it counts, and the error of one colour for
 * all of it. */
typedef struct {
    Four fore, back, mean;
    float flat;
} Cell;

static Cell cell_of(const float *front, const float *behind, float share, float lasting)
{
    float rest = 1 - share;
    Four fore = {front[RED], front[GREEN], front[BLUE]}, back = {behind[RED], behind[GREEN], behind[BLUE]};
    Four mean = fore * share + back * rest, apart = (fore - back) * (fore - back);
    float flat = share * rest * lasting * (apart[RED] + apart[GREEN] + apart[BLUE]);
    fore[SIZE] = share * lasting;
    back[SIZE] = rest * lasting;
    mean[SIZE] = lasting;
    return (Cell){fore, back, mean, flat};
}

static int digits(int value) { return 1 + (value > 9) + (value > 99); }

/* What setting a colour costs; `bytes` where that does not depend on the colour, else -1. */
static float setting(Four colour, float price, int32_t bytes)
{
    Whole own = {(int)lrintf(colour[RED]), (int)lrintf(colour[GREEN]), (int)lrintf(colour[BLUE])}, near;
    if (bytes >= 0)
        return (float)bytes * price;
    int number = nearest(own, &near);
    float all = (float)(7 + digits(own.red) + digits(own.green) + digits(own.blue)) * price;
    float brief = (float)(5 + digits(number)) * price + colour[SIZE] * between(near, own);
    return number >= FIRST_SURE && brief < all ? brief : all;
}

/* Runs of the walks, in front or behind: red, green, blue and size of each, and what it costs to join where no
 * colour is set yet. */
typedef struct {
    Four red, green, blue, size, unset;
} Runs;

static Runs runs_of(Four one, Four two, Four three, Four four, Four unset)
{
    return (Runs){{one[RED], two[RED], three[RED], four[RED]},
                  {one[GREEN], two[GREEN], three[GREEN], four[GREEN]},
                  {one[BLUE], two[BLUE], three[BLUE], four[BLUE]},
                  {one[SIZE], two[SIZE], three[SIZE], four[SIZE]},
                  unset};
}

/* What it costs a colour to join each run; `part` is how much it counts in it then. */
static Four joining(const Runs *runs, Four colour, Four *part)
{
    Four red = colour[RED] - runs->red, green = colour[GREEN] - runs->green, blue = colour[BLUE] - runs->blue;
    *part = colour[SIZE] / (runs->size + colour[SIZE]);
    return (red * red + green * green + blue * blue) * (runs->size * *part) + runs->unset;
}

static Four joined(Four run, Four colour, float part)
{
    Four mean = run + (colour - run) * part;
    mean[SIZE] = run[SIZE] + colour[SIZE];
    return mean;
}

/* Put a walk in its place, which is the one given or before it. */
static void insert(Candidate *best, int place, Candidate walk)
{
    for (; place && best[place - 1].cost > walk.cost; place--)
        best[place] = best[place - 1];
    best[place] = walk;
}

/* Let a walk go on that costs less than the dearest of the best, unless one in the same runs does; return how many
 * do. */
static int go_on(Candidate *best, int count, Candidate walk)
{
    int place = 0;
    while (place < count && (best[place].front != walk.front || best[place].behind != walk.behind))
        place++;
    if (place < count && walk.cost > best[place].cost)
        return count;
    insert(best, place < WALKS ? place : WALKS - 1, walk);
    return place < count || count == WALKS ? count : count + 1;
}

/* What going from the cell drawn last to this one costs. */
static float going(const int32_t *row, const int32_t *column, int32_t last, int32_t number, float price)
{
    if (last < 0 || row[last] != row[number])
        return ROW_BYTES * price;
    int32_t right = column[number] - column[last];
    return (float)(right == 1 ? 0 : right == 2 ? 3 : right <= 10 ? 4 : 5) * price;
}

/* The cells among which is chosen, in order; kernel/calls.py names them. */
typedef struct {
    const int32_t *row, *column;
    const uint32_t *glyph, *complements;
    const float *fore, *back, *share, *lasting, *worth;
    const uint8_t *due;
    uint32_t glyphs;
    int32_t setting_bytes;
    float price;
    int blocks;        /* whether a full block may stand for one colour */
    int least_setting; /* the fewest bytes that set a colour */
} Offered;

static Cell cell_at(const Offered *all, int32_t place)
{
    const float *fore = all->fore + 3 * (size_t)place, *back = all->back + 3 * (size_t)place;
    return cell_of(fore, back, all->share[place], all->lasting[place]);
}

static uint32_t complement_of(const Offered *all, int32_t place)
{
    uint32_t glyph = all->glyph[place];
    return glyph < all->glyphs ? all->complements[glyph] : 0;
}

static Four least_of(Four some, Four others) { return where(some < others, some, others); }

static int any_below(Four costs, float limit)
{
    typedef int64_t Halves __attribute__((vector_size(sizeof(Four))));
    Halves below = (Halves)(costs < limit);
    return (below[0] | below[1]) != 0;
}

/* Of ways to draw a cell that go on in the same runs the cheapest behind each walk: what it costs, and how it is. */
typedef struct {
    Four cost;
    FourWhole how;
} Ways;

static const Ways NO_WAY = {{INFINITY, INFINITY, INFINITY, INFINITY}, {0, 0, 0, 0}};

/* Of two that cost the same the later one is taken: that the cell is drawn makes its neighbour cheap. */
static void or_so(Ways *ways, Four cost, int how)
{
    FourWhole cheaper = cost <= ways->cost;
    ways->cost = where(cheaper, cost, ways->cost);
    ways->how = (cheaper & how) | (~cheaper & ways->how);
}

/* What it costs to join the runs, and what a colour counts in them then: with each of a cell's two colours in front
 * or behind, and with one for both. */
typedef struct {
    Four fore_front, fore_behind, back_front, back_behind, one_front, one_behind;
} Joins;

/* A walk with a cell drawn in this way. */
static Candidate candidate(const Walks *walks, const Ways *ways, int each, int32_t place)
{
    int how = ways->how[each];
    const Walk *walk = walks->best + each;
    return (Candidate){ways->cost[each], how & NEW_FRONT ? 2 * place : walk->front_run,
                       how & NEW_BEHIND ? 2 * place + 1 : walk->behind_run, (uint8_t)each, (uint8_t)how};
}

/* Let the ways with a new run that are cheap enough go on among the best; return how many those are. */
static int take_new(Candidate *best, int count, const Walks *walks, const Ways *ways, int32_t place)
{
    float limit = count == WALKS ? best[WALKS - 1].cost : INFINITY;
    for (int each = 0; each < walks->count && any_below(ways->cost, limit); each++)
        if (ways->cost[each] < limit) {
            count = go_on(best, count, candidate(walks, ways, each, place));
            limit = count == WALKS ? best[WALKS - 1].cost : INFINITY;
        }
    return count;
}

/* Choose which walks go on behind a cell, the cheapest; return how many. `parts` are what its colours count in the
 * runs that they join. */
static int choose(Candidate *best, const Walks *walks, const Cell *cell, const Offered *all, int32_t place,
                  Joins *parts)
{
    const Walk *from = walks->best;
    float price = all->price, worth = all->due[place] ? INFINITY : all->worth[place];
    Four left, came, no_front, no_behind;
    for (int each = 0; each < WALKS; each++) {
        left[each] = from[each].cost + worth;
        came[each] = from[each].cost + going(all->row, all->column, from[each].last, place, price);
        no_front[each] = from[each].front_run < 0 ? UNSET : 0;
        no_behind[each] = from[each].behind_run < 0 ? UNSET : 0;
    }
    Runs fronts = runs_of(from[0].front, from[1].front, from[2].front, from[3].front, no_front);
    Runs behinds = runs_of(from[0].behind, from[1].behind, from[2].behind, from[3].behind, no_behind);
    int two = cell->fore[SIZE] > 0 && cell->back[SIZE] > 0, turned = two && complement_of(all, place);
    Four one = came + cell->flat, glyph = came + GLYPH_BYTES * price, escape = glyph + ESCAPE_BYTES * price;
    Joins costs = {.one_front = {0}};

    /* In the runs of the walks, or left out. */
    Ways ways = {left, {0}};
    costs.one_behind = joining(&behinds, cell->mean, &parts->one_behind);
    or_so(&ways, one + costs.one_behind + SPACE_BYTES * price, DRAWN | NO_FRONT);
    if (all->blocks) {
        costs.one_front = joining(&fronts, cell->mean, &parts->one_front);
        or_so(&ways, one + costs.one_front + GLYPH_BYTES * price, DRAWN | NO_BEHIND);
    }
    if (two) {
        costs.fore_front = joining(&fronts, cell->fore, &parts->fore_front);
        costs.back_behind = joining(&behinds, cell->back, &parts->back_behind);
        or_so(&ways, glyph + costs.fore_front + costs.back_behind, DRAWN);
    }
    if (turned) {
        costs.back_front = joining(&fronts, cell->back, &parts->back_front);
        costs.fore_behind = joining(&behinds, cell->fore, &parts->fore_behind);
        or_so(&ways, glyph + costs.back_front + costs.fore_behind, DRAWN | TURNED);
    }
    int count = walks->count;
    for (int each = 0; each < WALKS && each < count; each++)
        insert(best, each, candidate(walks, &ways, each, place));

    /* With a new colour behind, in front, and both: only where the fewest bytes that set one may be few enough. */
    float limit = count == WALKS ? best[WALKS - 1].cost : INFINITY, least = (float)all->least_setting * price;
    Ways new_behind = NO_WAY, new_front = NO_WAY, new_both = NO_WAY;
    if (any_below(one + (SPACE_BYTES + ESCAPE_BYTES) * price + least, limit)) {
        float set_mean = setting(cell->mean, price, all->setting_bytes);
        or_so(&new_behind, one + set_mean + (SPACE_BYTES + ESCAPE_BYTES) * price, DRAWN | NO_FRONT | NEW_BEHIND);
    }
    Four other = least_of(least_of(costs.fore_front, costs.back_behind), (Four){0} + price + least);
    if (turned)
        other = least_of(other, least_of(costs.back_front, costs.fore_behind));
    if (two && any_below(escape + least + other, limit)) {
        float set_fore = setting(cell->fore, price, all->setting_bytes);
        float set_back = setting(cell->back, price, all->setting_bytes);
        or_so(&new_behind, escape + costs.fore_front + set_back, DRAWN | NEW_BEHIND);
        or_so(&new_front, escape + set_fore + costs.back_behind, DRAWN | NEW_FRONT);
        or_so(&new_both, escape + price + set_fore + set_back, DRAWN | NEW_FRONT | NEW_BEHIND);
        if (turned) {
            or_so(&new_behind, escape + costs.back_front + set_fore, DRAWN | TURNED | NEW_BEHIND);
            or_so(&new_front, escape + set_back + costs.fore_behind, DRAWN | TURNED | NEW_FRONT);
        }
    }
    count = take_new(best, count, walks, &new_behind, place);
    count = take_new(best, count, walks, &new_front, place);
    count = take_new(best, count, walks, &new_both, place);
    while (best[count - 1].cost > best[0].cost + WORTH_KEEPING * price)
        count--;
    return count;
}

/* Draw a cell behind a walk as a candidate says. */
static void draw_behind(Walk *walk, const Candidate *own, const Cell *cell, const Joins *parts)
{
    int how = own->how, from = own->from, turned = how & TURNED;
    if (!(how & NO_FRONT)) {
        Four colour = how & NO_BEHIND ? cell->mean : turned ? cell->back : cell->fore;
        Four part = how & NO_BEHIND ? parts->one_front : turned ? parts->back_front : parts->fore_front;
        walk->front = how & NEW_FRONT ? colour : joined(walk->front, colour, part[from]);
    }
    if (!(how & NO_BEHIND)) {
        Four colour = how & NO_FRONT ? cell->mean : turned ? cell->fore : cell->back;
        Four part = how & NO_FRONT ? parts->one_behind : turned ? parts->fore_behind : parts->back_behind;
        walk->behind = how & NEW_BEHIND ? colour : joined(walk->behind, colour, part[from]);
    }
}

/* Let the walks go on by one cell, as `next`; note how in `steps`. */
static void walk_on(Walks *next, const Walks *walks, const Cell *cell, const Offered *all, int32_t place, Step *steps)
{
    Candidate best[WALKS];
    Joins parts = {.one_front = {0}};
    next->count = choose(best, walks, cell, all, place, &parts);
    for (int each = 0; each < next->count; each++) {
        const Candidate *own = best + each;
        Walk *walk = next->best + each;
        *walk = walks->best[own->from];
        walk->cost = own->cost - best[0].cost;
        walk->front_run = own->front;
        walk->behind_run = own->behind;
        if (own->how) {
            walk->last = place;
            draw_behind(walk, own, cell, &parts);
        }
        steps[each] = (Step){own->front, own->behind, own->from, own->how};
    }
    for (int each = next->count; each < WALKS; each++)
        next->best[each] = (Walk){.cost = INFINITY, .front_run = -1, .behind_run = -1, .last = -1};
}

/* The number of a walk's run among those that are drawn; a new one begins where it is -1. */
static int32_t in_run(int32_t *numbers, int32_t run, Four *runs, int32_t *count, Four colour)
{
    if (numbers[run] < 0) {
        numbers[run] = (*count)++;
        runs[numbers[run]] = colour;
    } else {
        Four *own = runs + numbers[run];
        *own = joined(*own, colour, colour[SIZE] / ((*own)[SIZE] + colour[SIZE]));
    }
    return numbers[run];
}

/* Go through all cells; the first of the steps at each cell is that of the cheapest way. */
static void go_through(Offered *all, int32_t count, Step *steps)
{
    Walk begin = {.front_run = -1, .behind_run = -1, .last = -1}, none = begin;
    none.cost = INFINITY;
    Walks walks[2] = {{{begin, none, none, none}, 1}};
    for (int32_t place = 0; place < count; place++)
        all->blocks |= all->glyph[place] >= 0x80;
    for (int32_t place = 0; place < count; place++) {
        Cell cell = cell_at(all, place);
        walk_on(walks + (place + 1) % 2, walks + place % 2, &cell, all, place, steps + (size_t)place * WALKS);
    }
    /* The way back of the cheapest: its step at each cell comes first. */
    for (int32_t place = count - 1, each = 0; place >= 0; place--) {
        Step step = steps[(size_t)place * WALKS + (size_t)each];
        steps[(size_t)place * WALKS] = step;
        each = step.before;
    }
}

/* Choose which of `count` cells are drawn, and in which runs of colours; return how many, -1 without memory.
 *
 * `setting_bytes` is what setting a colour takes, -1 where the terminal has all of them. Of each cell that is
 * kept: its number, its glyph as it is drawn, whether it is turned, and its runs, -1 for none. Of each run its
 * colour and size; `in_all` says how many there are. The arrays have room for `count` cells and 2 * count
 * runs. */
FACE int32_t choose_cells(int32_t count, const int32_t *row, const int32_t *column, const uint32_t *glyph,
                          const float *fore, const float *back, const float *share, const float *lasting,
                          const float *worth, const uint8_t *due, const uint32_t *complements, uint32_t glyphs,
                          float price, int32_t setting_bytes, int32_t *kept, uint32_t *drawn_glyph, uint8_t *turned,
                          int32_t *behind, int32_t *front, float *colours, float *sizes, int32_t *in_all)
{
    size_t room = (size_t)count + 1;
    Step *steps = malloc(room * WALKS * sizeof *steps);
    Four *runs = malloc(2 * room * sizeof *runs);
    int32_t *numbers = malloc(2 * room * sizeof *numbers);
    int32_t left = -1;

    if (steps && runs && numbers) {
        Offered all = {row, column, glyph, complements, fore, back, share, lasting, worth, due, glyphs,
                       setting_bytes, fminf(fmaxf(price, LEAST_PRICE), MOST_PRICE), 0,
                       setting_bytes < 0 ? LEAST_SETTING : setting_bytes};
        go_through(&all, count, steps);
        for (int32_t run = 0; run < 2 * count; run++)
            numbers[run] = -1;
        left = *in_all = 0;
        for (int32_t place = 0; place < count; place++) {
            Step step = steps[(size_t)place * WALKS];
            int turn = step.how & TURNED, no_front = step.how & NO_FRONT, no_behind = step.how & NO_BEHIND;
            if (!(step.how & DRAWN))
                continue;
            Cell cell = cell_at(&all, place);
            kept[left] = place;
            turned[left] = turn != 0;
            drawn_glyph[left] = no_front ? SPACE : no_behind ? FULL : turn ? complements[glyph[place]] : glyph[place];
            Four in_front = no_behind ? cell.mean : turn ? cell.back : cell.fore;
            Four is_behind = no_front ? cell.mean : turn ? cell.fore : cell.back;
            front[left] = no_front ? -1 : in_run(numbers, step.front, runs, in_all, in_front);
            behind[left] = no_behind ? -1 : in_run(numbers, step.behind, runs, in_all, is_behind);
            left++;
        }
        for (int32_t run = 0; run < *in_all; run++) {
            float *colour = colours + 3 * (size_t)run;
            for (int channel = RED; channel <= BLUE; channel++)
                colour[channel] = rintf(runs[run][channel]);
            sizes[run] = runs[run][SIZE];
        }
    }
    free(steps);
    free(runs);
    free(numbers);
    return left;
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
        int new_behind = behind[place] >= 0 && behind[place] != run_behind && names[behind[place]] < NO_COLOUR;
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

/* A picture of a film that plays, all at once: terminal/wire.py says which cells are looked at, and how much an
 * error in each of them counts. */

enum { TRIES = 12 };
static const float HEALS_FROM = (float)(1.0 / 3), LASTING = 0.2f, LEAST_LASTING = 0.5f, MOST_LASTING = 2;
static const double STEADY = 10, MORE_OR_LESS = 1.25, LEAST_DEARER = 1.3, MOST_DEARER = 3, HEALING_BYTES = 8;
static const double DEAR_ENOUGH = 100;

/* Room for all cells on the way, and for the text. */
typedef struct {
    int32_t *number, *row, *column, *kept, *behind, *front, *names;
    uint32_t *glyph, *drawn_glyph;
    uint8_t *must, *due, *turned;
    float *share, *lasting, *worth, *run_colours, *sizes;
    Colour *fore, *back;
    char *text;
} Work;

/* How a picture becomes cells: `glyphs_of` the patterns of across * down dots, NULL for half blocks. They are
 * wanted in a grid from row `top` and column `left` on. kernel/playing.py has the same. */
typedef struct {
    const uint8_t *picture;
    const uint32_t *glyphs_of;
    uint32_t *glyph, *foreground, *background;
    int32_t *patterns;
    int32_t line, pixel, rows, columns, across, down, top, left;
    uint32_t upper_half;
    float flat, slack;
} Fitting;

/* What a terminal shows of a film that plays: of each cell whether it can be seen, whether it is known what it
 * shows, and with which picture it was sent. What drawing a picture comes to: the price of a byte that was paid,
 * the mean error that is left, how many bytes and cells it took. kernel/playing.py has the same. */
typedef struct {
    const Grid *grid;
    const Glyphs *glyphs;
    const uint8_t *visible;
    uint8_t *known;
    int32_t *sent;
    Work work;
    double price, error;
    int32_t size, drawn;
} Playing;

static void offer_picture(const Playing *playing, const Fitting *own)
{
    int32_t rows = own->rows, columns = own->columns;
    if (own->glyphs_of)
        fit_blocks(own->picture, own->line, own->pixel, rows, columns, own->across, own->down, own->glyphs_of,
                   own->patterns, own->flat, own->slack, own->glyph, own->foreground, own->background, own->patterns);
    else
        half_blocks(own->picture, own->line, own->pixel, rows, columns, own->upper_half, own->glyph,
                    own->foreground, own->background);
    offer_cells(playing->grid, playing->glyphs, own->glyph, own->foreground, own->background, rows, columns,
                own->top, own->left);
}

static int in_order(const void *some, const void *other)
{
    int32_t one = *(const int32_t *)some, another = *(const int32_t *)other;
    return (one > another) - (one < another);
}

/* Note which cells must be drawn: those of which nothing is known, and `again` that were not sent for longest, of
 * those that were not since picture `older`. Return how many. */
static int32_t note_due(const Playing *playing, int32_t again, int32_t older)
{
    int32_t cells = playing->grid->cells, old = 0, last = older - 1, of_last = cells, due = 0;
    int32_t *ages = playing->work.number;
    for (int32_t cell = 0; cell < cells; cell++)
        if (playing->visible[cell] && playing->sent[cell] < older)
            ages[old++] = playing->sent[cell];
    if (old > again) {
        qsort(ages, (size_t)old, sizeof *ages, in_order);
        last = again > 0 ? ages[again - 1] : INT32_MIN;
        for (of_last = 0; of_last < again && ages[again - 1 - of_last] == last;)
            of_last++;
    }
    for (int32_t cell = 0; cell < cells; cell++) {
        int32_t sent = playing->visible[cell] ? playing->sent[cell] : older;
        int is_old = sent < older && (sent < last || (sent == last && of_last-- > 0));
        playing->work.must[cell] = playing->visible[cell] && (is_old || !playing->known[cell]);
        due += playing->work.must[cell];
    }
    return due;
}

/* By how much an error counts more or less in a cell that is so active. */
static float lasting_of(float activity, float steady)
{
    static const float most = 32, least = 1.0f / 32; /* to the power of LASTING */
    float ratio = steady / (activity + 1e-3f);
    return ratio >= most ? MOST_LASTING : ratio <= least ? LEAST_LASTING : powf(ratio, LASTING);
}

/* Look at the cells that are worth `least` or that must be drawn; return how many. `healing` is how many bytes it
 * is worth to draw a cell again that is as old as picture `older`. */
static int32_t look_at(const Playing *playing, int32_t now, int32_t older, float healing, double price, float least)
{
    const Grid *grid = playing->grid;
    const Work *work = &playing->work;
    float age = (float)(now - older > 1 ? now - older : 1), steady = (float)(STEADY * price);
    int32_t count = 0;
    for (int32_t cell = 0; cell < grid->cells; cell++) {
        float old = (float)(now - playing->sent[cell]) / age - HEALS_FROM, error = grid->error[cell];
        float healed = (old > 0 ? old : 0) * healing * (float)price;
        int must = work->must[cell];
        if (!must && !(playing->visible[cell] && error * MOST_LASTING + healed > least))
            continue;
        float lasting = lasting_of(grid->activity[cell], steady), worth = error * lasting + healed;
        if (!must && !(worth > least))
            continue;
        work->number[count] = cell;
        work->row[count] = grid->row[cell];
        work->column[count] = grid->column[cell];
        work->glyph[count] = grid->glyph[cell];
        work->fore[count] = grid->fore[cell];
        work->back[count] = grid->back[cell];
        work->share[count] = grid->share[cell];
        work->lasting[count] = lasting;
        work->worth[count] = worth;
        work->due[count++] = (uint8_t)must;
    }
    return count;
}

/* Write what is worth it of so many cells at a price; return how many that is, -1 without memory. */
static int32_t try_at(Playing *playing, int32_t looked_at, double price, int32_t top, int32_t left)
{
    const Work *work = &playing->work;
    const Glyphs *glyphs = playing->glyphs;
    int32_t runs = 0;
    int32_t count = choose_cells(looked_at, work->row, work->column, work->glyph, (const float *)work->fore,
                                 (const float *)work->back, work->share, work->lasting, work->worth, work->due,
                                 glyphs->complements, glyphs->count, (float)price, -1, work->kept, work->drawn_glyph,
                                 work->turned, work->behind, work->front, work->run_colours, work->sizes, &runs);
    playing->price = price;
    playing->size = 0;
    if (count <= 0)
        return count;
    name_colours(runs, work->run_colours, work->sizes, (float)price, work->names);
    for (int32_t place = 0; place < count; place++) {
        int32_t kept = work->kept[place], behind = work->behind[place], front = work->front[place];
        const float *fore = work->run_colours + 3 * (size_t)(front < 0 ? behind : front);
        const float *back = work->run_colours + 3 * (size_t)(behind < 0 ? front : behind);
        Colour shown_fore = {fore[0], fore[1], fore[2]}, shown_back = {back[0], back[1], back[2]};
        work->number[place] = work->number[kept];
        work->row[place] = work->row[kept];
        work->column[place] = work->column[kept];
        work->fore[place] = work->turned[place] ? shown_back : shown_fore;
        work->back[place] = work->turned[place] ? shown_fore : shown_back;
    }
    playing->size = write_cells(count, work->row, work->column, work->drawn_glyph, work->behind, work->front,
                                work->names, top, left, -1, -1, work->text,
                                (playing->grid->cells + 2) * MOST_IN_A_CELL);
    return count;
}

/* How far what is shown is from what shall be: the mean over the cells that are seen and known. */
static double error_left(const Playing *playing)
{
    double sum = 0;
    int32_t count = 0;
    for (int32_t cell = 0; cell < playing->grid->cells; cell++)
        if (playing->visible[cell] && playing->known[cell]) {
            sum += playing->grid->error[cell];
            count++;
        }
    return count ? sum / count : 0;
}

/* Draw picture `now`, the next of a film that plays, at this price, or at a higher one where that takes more than
 * about `most` bytes, and not all of it must be drawn; return whether there was memory for it. `fitting` may be NULL: then the cells are wanted
 * already. What is worth `look` bytes is looked at; as old as picture `older` are cells that are drawn `again`;
 * `top` and `left` are where the grid is on the screen. */
FACE int32_t play_picture(Playing *playing, const Fitting *fitting, int32_t now, int32_t older, int32_t again,
                          double price, float look, int32_t most, int32_t top, int32_t left)
{
    const Work *work = &playing->work;
    float healing = again ? (float)(HEALING_BYTES / (1 - 1.0 / 3)) : 0;
    int32_t drawn = 0;
    if (fitting)
        offer_picture(playing, fitting);
    int32_t due = note_due(playing, again, older);
    for (int each = 0; each < TRIES; each++) {
        int32_t count = look_at(playing, now, older, healing, price, (float)(look * price));
        drawn = try_at(playing, count, price, top, left);
        if (drawn < 0)
            return 0;
        double over = (double)playing->size / (most > 0 ? most : 1);
        if (over <= MORE_OR_LESS || (price >= DEAR_ENOUGH && drawn == due))
            break;
        price *= over < LEAST_DEARER ? LEAST_DEARER : over > MOST_DEARER ? MOST_DEARER : over;
    }
    show_cells(playing->grid, drawn, work->number, work->fore, work->back);
    for (int32_t place = 0; place < drawn; place++) {
        playing->known[work->number[place]] = 1;
        playing->sent[work->number[place]] = now;
    }
    playing->drawn = drawn;
    playing->error = error_left(playing);
    return 1;
}
