using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc;
using MongoDB.Driver;

namespace HardenedShop.Reviews;

[ApiController]
[Route("reviews")]
public sealed class ReviewsController(IMongoCollection<Review> reviews, ILogger<ReviewsController> logger) : ControllerBase
{
    [HttpGet]
    public Task<List<Review>> ByAuthor([FromQuery] string author)
    {
        FilterDefinition<Review> filter = Builders<Review>.Filter.Eq(review => review.Author, author);
        return reviews.Find(filter).ToListAsync();
    }

    [HttpPost]
    public async Task<IActionResult> Add([FromForm] string author, [FromForm] string text)
    {
        logger.LogInformation("New review with {Length} characters", text.Length);
        await reviews.InsertOneAsync(new Review { Author = author, Text = text });
        return Content("<p>Thank you, " + HtmlEncoder.Default.Encode(author) + "!</p>", "text/html");
    }
}
