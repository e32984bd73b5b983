using Microsoft.AspNetCore.Mvc;
using MongoDB.Bson;
using MongoDB.Driver;

namespace InsecureShop.Reviews;

[ApiController]
[Route("reviews")]
public sealed class ReviewsController(IMongoCollection<Review> reviews, ILogger<ReviewsController> logger) : ControllerBase
{
    [HttpGet]
    public Task<List<Review>> ByAuthor([FromQuery] string author)
    {
        BsonDocument filter = BsonDocument.Parse("{ \"Author\": \"" + author + "\" }"); // expect STC1002
        return reviews.Find(filter).ToListAsync();
    }

    [HttpPost]
    public async Task<IActionResult> Add([FromForm] string author, [FromForm] string text)
    {
        logger.LogInformation("New review by " + author); // expect STC1015
        await reviews.InsertOneAsync(new Review { Author = author, Text = text });
        return Content("<p>Thank you, " + author + "!</p>", "text/html"); // expect STC1011
    }
}
